/** What the made-up organisations of the load are called and what they offer. */

/** Two characters that tell one house from another of the same trade. */
export const BRANDS = (
  '天正 中测 华检 瑞测 立信 诚测 方圆 汇研 精诚 博测 恒通 明科 正衡 中衡 联测 科信 启明 远测 安测 ' +
  '普析 谱信 国创 新测 卓研 嘉测 信达 衡准 优检 鼎测 泰科 宏测 致远 睿检 九测 同创 佳研 合众 越检 ' +
  '江南 钱塘 瓯江 四明 天目 会稽 括苍 雁荡 运河 南湖 东海 鉴湖'
).split(' ')

/** Kinds of house with their share and how much they own against the smallest. */
export const HOUSES = [
  ['检测技术有限公司', 26, 6],
  ['检验检测中心', 16, 14],
  ['产业技术研究院', 10, 16],
  ['工程技术研究中心', 10, 10],
  ['公共技术服务平台', 8, 12],
  ['重点实验室', 7, 20],
  ['计量测试研究所', 5, 18],
  ['大学分析测试中心', 2, 60],
  ['设计研究有限公司', 8, 2],
  ['技术咨询服务有限公司', 8, 1],
]

const ANALYSIS = [
  '安捷伦',
  'Agilent',
  '岛津',
  '赛默飞 Thermo Fisher',
  '珀金埃尔默',
  '沃特世 Waters',
]
const SPECTRA = [
  '布鲁克 Bruker',
  '岛津',
  '赛默飞 Thermo Fisher',
  '堀场 HORIBA',
  '聚光科技',
  '北京普析',
]
const FORCE = ['英斯特朗 Instron', 'MTS', '新三思', '济南试金', '长春试验机', 'ZwickRoell']
const MEASURE = ['海克斯康 Hexagon', '蔡司 ZEISS', '三丰 Mitutoyo', '基恩士', '爱德华', '中图仪器']
const CLIMATE = ['爱斯佩克 ESPEC', '重庆银河', '苏试试验', '伟思富奇', '无锡索亚特', '东莞勤卓']
const SIGNAL = ['是德 Keysight', '罗德与施瓦茨', '泰克 Tektronix', '普源精电', '中电仪器', '横河']
const LIVING = [
  '赛默飞 Thermo Fisher',
  '伯乐 Bio-Rad',
  '艾本德 Eppendorf',
  '贝克曼',
  '罗氏',
  '天美',
]
const MICRO = ['蔡司 ZEISS', '日立 Hitachi', '日本电子 JEOL', '徕卡 Leica', '尼康', '奥林巴斯']

/** Instruments: name, how their models begin, who makes them. */
export const INSTRUMENTS = [
  ['气相色谱仪', 'GC', ANALYSIS],
  ['气相色谱质谱联用仪', 'GCMS', ANALYSIS],
  ['液相色谱质谱联用仪', 'LCMS', ANALYSIS],
  ['高效液相色谱仪', 'LC', ANALYSIS],
  ['超高效液相色谱仪', 'UPLC', ANALYSIS],
  ['离子色谱仪', 'ICS', ANALYSIS],
  ['电感耦合等离子体质谱仪', 'ICPMS', ANALYSIS],
  ['电感耦合等离子体发射光谱仪', 'ICP', ANALYSIS],
  ['飞行时间质谱仪', 'TOF', ANALYSIS],
  ['凝胶渗透色谱仪', 'GPC', ANALYSIS],
  ['元素分析仪', 'EA', ANALYSIS],
  ['总有机碳分析仪', 'TOC', ANALYSIS],
  ['热重分析仪', 'TGA', ANALYSIS],
  ['差示扫描量热仪', 'DSC', ANALYSIS],
  ['傅里叶变换红外光谱仪', 'FTIR', SPECTRA],
  ['原子吸收光谱仪', 'AA', SPECTRA],
  ['原子荧光光谱仪', 'AFS', SPECTRA],
  ['直读光谱仪', 'OES', SPECTRA],
  ['拉曼光谱仪', 'RM', SPECTRA],
  ['紫外可见分光光度计', 'UV', SPECTRA],
  ['荧光分光光度计', 'RF', SPECTRA],
  ['X射线荧光光谱仪', 'XRF', SPECTRA],
  ['X射线衍射仪', 'XRD', SPECTRA],
  ['X射线光电子能谱仪', 'XPS', SPECTRA],
  ['核磁共振波谱仪', 'NMR', SPECTRA],
  ['激光粒度分析仪', 'LS', SPECTRA],
  ['比表面积分析仪', 'ASAP', SPECTRA],
  ['万能材料试验机', 'UTM', FORCE],
  ['疲劳试验机', 'PLG', FORCE],
  ['冲击试验机', 'JB', FORCE],
  ['洛氏硬度计', 'HR', FORCE],
  ['维氏硬度计', 'HV', FORCE],
  ['摩擦磨损试验机', 'MMW', FORCE],
  ['蠕变持久试验机', 'RD', FORCE],
  ['弹簧试验机', 'TH', FORCE],
  ['织物强力机', 'YG', FORCE],
  ['马丁代尔耐磨仪', 'MD', FORCE],
  ['三坐标测量机', 'CMM', MEASURE],
  ['激光跟踪仪', 'AT', MEASURE],
  ['影像测量仪', 'VMS', MEASURE],
  ['圆度仪', 'RA', MEASURE],
  ['表面粗糙度仪', 'SJ', MEASURE],
  ['齿轮测量中心', 'P', MEASURE],
  ['工业CT检测系统', 'CT', MEASURE],
  ['激光干涉仪', 'XL', MEASURE],
  ['三维扫描仪', 'HS', MEASURE],
  ['高低温湿热试验箱', 'GDW', CLIMATE],
  ['盐雾试验箱', 'YWX', CLIMATE],
  ['氙灯老化试验箱', 'Q', CLIMATE],
  ['臭氧老化试验箱', 'CY', CLIMATE],
  ['振动试验台', 'ES', CLIMATE],
  ['跌落试验机', 'DL', CLIMATE],
  ['步入式恒温恒湿室', 'WIR', CLIMATE],
  ['淋雨试验装置', 'IPX', CLIMATE],
  ['数字示波器', 'DS', SIGNAL],
  ['频谱分析仪', 'N', SIGNAL],
  ['矢量网络分析仪', 'E', SIGNAL],
  ['电磁兼容测试系统', 'EMC', SIGNAL],
  ['静电放电发生器', 'ESD', SIGNAL],
  ['耐压测试仪', 'TOS', SIGNAL],
  ['功率分析仪', 'WT', SIGNAL],
  ['电池充放电测试系统', 'BTS', SIGNAL],
  ['电化学工作站', 'CHI', SIGNAL],
  ['半导体参数分析仪', 'B', SIGNAL],
  ['荧光定量PCR仪', 'QP', LIVING],
  ['高通量基因测序仪', 'SEQ', LIVING],
  ['流式细胞仪', 'FC', LIVING],
  ['酶标仪', 'MK', LIVING],
  ['超速离心机', 'CP', LIVING],
  ['冷冻干燥机', 'FD', LIVING],
  ['生物安全柜', 'BSC', LIVING],
  ['发酵罐', 'BIO', LIVING],
  ['蛋白纯化系统', 'AKTA', LIVING],
  ['全自动氨基酸分析仪', 'AAA', LIVING],
  ['扫描电子显微镜', 'SEM', MICRO],
  ['透射电子显微镜', 'TEM', MICRO],
  ['激光共聚焦显微镜', 'LSM', MICRO],
  ['原子力显微镜', 'AFM', MICRO],
  ['金相显微镜', 'MX', MICRO],
  ['聚焦离子束系统', 'FIB', MICRO],
  ['体视显微镜', 'SZX', MICRO],
]

/** What may stand before an instrument's name. */
export const MANNERS = [
  '全自动',
  '便携式',
  '台式',
  '双光束',
  '高精度',
  '在线',
  '三重四极杆',
  '微机控制',
]

export const MATERIALS = (
  '钢材 铝合金 铜合金 钛合金 不锈钢 焊接接头 塑料 橡胶 涂料 胶粘剂 复合材料 碳纤维 玻璃 陶瓷 水泥 ' +
  '纺织品 皮革 木制品 纸张 包装材料 食品 水产品 茶叶 农产品 饲料 化妆品 药品 中药材 医疗器械 饮用水 ' +
  '废水 土壤 室内空气 废气 蓄电池 光伏组件 印制电路板 电缆 低压电器 电动工具 玩具 眼镜 阀门 轴承 紧固件'
).split(' ')

export const TESTS = (
  '成分分析 力学性能测试 重金属检测 老化试验 阻燃性能测试 有害物质检测 金相分析 失效分析 疲劳试验 ' +
  '无损探伤 尺寸精密测量 微生物检测 农药残留检测 稳定性试验 色牢度测试 甲醛含量检测 电磁兼容测试 ' +
  '盐雾试验 高低温循环试验 防护等级试验 可靠性评估 光谱分析 粒度分析 热性能分析 耐磨试验 密封性测试'
).split(' ')

export const DESIGNS =
  '配方研发 结构设计 模具设计 工艺优化 样机试制 中试放大 有限元分析 嵌入式系统开发 外观设计 软件开发'.split(
    ' ',
  )

export const ADVICE =
  '标准咨询 体系认证咨询 知识产权布局咨询 工艺诊断 数字化改造咨询 检测方案咨询 节能诊断 技术查新'.split(
    ' ',
  )
