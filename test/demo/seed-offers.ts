/** What the demonstration's carriers say of their offers: prices, times, certificates, places. */
import type { ServiceContent } from '../../src/catalogue/proposal-rules.ts'
import type { Availability, Opening } from '../../src/catalogue/rules.ts'

type Told = {
  yuan: number | null
  unit: string
  days: number | null
  marks: readonly string[]
  summary: string
}

function told(
  yuan: number | null,
  unit: string,
  days: number | null,
  marks: readonly string[],
  summary: string,
): Told {
  return { yuan, unit, days, marks, summary }
}

const BOTH = ['CMA', 'CNAS']

/** The services of the cast. */
export const SERVICES: Readonly<Record<string, Told>> = {
  演示电磁兼容检测: told(4800, '项', 7, BOTH, '辐射骚扰、传导骚扰和抗扰度，十米法暗室。'),
  演示可靠性试验: told(1200, '项', 10, BOTH, '高低温、湿热、振动和冲击综合试验。'),
  演示机器人整机测评: told(26000, '台', 20, ['CNAS'], '工业机器人性能、安全和可靠性整机测评。'),
  演示样机设计: told(null, '项', null, [], '结构、电控和样机试制，按项目约定。'),
  演示智能工厂咨询: told(8000, '次', 5, [], '现场诊断和数字化改造建议书。'),
  演示成分分析: told(900, '件', 3, BOTH, '金属与高分子材料成分定性、定量分析。'),
  演示力学性能测试: told(600, '件', 3, BOTH, '拉伸、弯曲、冲击和硬度。'),
  演示配方研发: told(null, '项', null, [], '配方还原与改进，签订保密协议。'),
  演示失效分析咨询: told(3500, '次', 8, ['CNAS'], '断口、腐蚀和开裂原因分析。'),
  演示电镜机时: told(480, '小时', null, [], '可由操作员代做，样品须干燥、不含磁粉。'),
  演示高低温试验: told(800, '天', 5, BOTH, '-70 ℃ 到 180 ℃，箱体 1 立方米。'),
  演示静电放电测试: told(1500, '项', 3, ['CMA'], '接触放电与空气放电，按 GB/T 17626.2。'),
  演示寿命评估: told(6000, '次', 15, [], '加速寿命试验方案与数据评估。'),
  演示电路设计: told(null, '项', null, [], '原理图、电路板和可靠性设计评审。'),
  演示环境箱机时: told(120, '小时', null, [], '步入式环境箱，可连续运行。'),
  演示低压电器型式试验: told(18000, '项', 30, BOTH, '断路器、接触器、开关的型式试验。'),
  演示短路试验: told(9500, '次', 7, BOTH, '额定短路分断能力，最大 150 kA。'),
  演示断路器设计: told(null, '项', null, [], '灭弧室与操作机构仿真设计。'),
  演示标准咨询: told(2000, '次', 3, [], '标准查新、认证路径和企业标准编写。'),
  演示高压试验机时: told(1600, '小时', null, [], '工频耐压与冲击电压。'),
}

type InstrumentTold = {
  model: string
  maker: string
  place: string
  yuan: number
  availability: Availability
}

function stands(
  model: string,
  maker: string,
  place: string,
  yuan: number,
  availability: Availability = 'available',
): InstrumentTold {
  return { model, maker, place, yuan, availability }
}

/** The instruments of the cast. */
export const INSTRUMENTS: Readonly<Record<string, InstrumentTold>> = {
  演示十米法电波暗室: stands('SAC-10', '演示电磁设备厂', '1 号楼一层', 1200),
  演示振动试验台: stands('ES-50LS', '演示力学设备厂', '2 号楼 105', 380),
  演示扫描电子显微镜: stands('SEM-8100', '演示光学仪器厂', '材料楼 201', 480),
  演示气相色谱质谱联用仪: stands('GC-2010', '演示分析仪器厂', '材料楼 305', 360, 'maintenance'),
  演示高低温湿热箱: stands('TH-1000', '演示环境设备厂', '实验楼 102', 90),
  演示静电枪: stands('ESD-30', '演示电子仪器厂', '实验楼 208', 150),
  演示短路试验站: stands('SC-150', '演示电气设备厂', '试验站', 2600),
  演示局部放电仪: stands('PD-9', '演示电气设备厂', '高压厅', 420),
}

/** When carriers of the cast are open, where it is not every day from nine to five. */
export const OPENINGS: Readonly<Record<string, Opening>> = {
  ruian: { days: [1, 2, 3, 4, 5, 6], from: '08:30', to: '17:30' },
}

const MARKS = [['CMA'], BOTH, [], ['CNAS']] as const
const DAYS: Readonly<Record<string, number | null>> = { 检验检测: 5, 研发设计: 30, 技术咨询: 3 }

/** What a made-up organisation says of its n-th service: not all the same, and always the same. */
export function madeService(category: string, n: number) {
  const tested = category === '检验检测'
  const days = DAYS[category] ?? null
  return {
    qualifications: tested ? (MARKS[n % MARKS.length] ?? []) : [],
    turnaround_days: days === null ? null : days + (n % 5),
  }
}

/** Where its n-th instrument stands, and whether it can be booked. */
export function madeInstrument(n: number): { place: string; availability: Availability } {
  const place = `${1 + (n % 3)} 号楼 ${101 + ((n * 7) % 300)}`
  return { place, availability: n % 17 === 16 ? 'maintenance' : 'available' }
}

/** Every fifth made-up organisation opens on Saturdays too. */
export function madeOpening(n: number): Opening {
  return { days: n % 5 === 4 ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }
}

/** What 吴检 has sent to the bureau of 西湖区 and nobody has looked at yet. */
export const PROPOSED: ServiceContent = {
  name: '演示激光雷达标定',
  category: '检验检测',
  price_fen: 360_000,
  unit: '台',
  turnaround_days: 4,
  qualifications: ['CNAS'],
  summary: '车载和机器人激光雷达的测距、角度和反射率标定。',
}
