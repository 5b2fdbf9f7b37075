/** Words of the catalogue in both languages. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    title: '服务与仪器',
    lead: '这里是本单位对外公布的服务项目和仪器设备，企业在创新地图上看到的就是这些内容。',
    on_map: '在创新地图上查看本单位',
    suspended: '本单位已被暂停服务',
    suspended_because: (reason: string) => `暂停理由：${reason}`,
    suspended_next:
      '暂停期间不能被新的创新券选用，已开出的创新券照常办理。如有疑问请联系当地科技部门。',
    services: '服务项目',
    instruments: '仪器设备',
    name: '名称',
    category: '服务类别',
    price: '参考价格',
    model: '型号',
    maker: '生产厂家',
    negotiable: '面议',
    per: (price: string, unit: string) => `${price} / ${unit}`,
    no_services: '还没有公布服务项目',
    no_instruments: '还没有公布仪器设备',
    ask_bureau: '需要新增或更正时，请联系当地科技部门。',
    categories: {
      检验检测: '检验检测',
      研发设计: '研发设计',
      技术咨询: '技术咨询',
      仪器共享: '仪器共享',
    },
  },
  {
    title: 'Services and instruments',
    lead: 'What your organisation publishes. Enterprises see the same on the innovation map.',
    on_map: 'See your organisation on the innovation map',
    suspended: 'Your organisation is suspended',
    suspended_because: (reason: string) => `Reason: ${reason}`,
    suspended_next:
      'While suspended it cannot be chosen for a new voucher; vouchers already issued go on as usual. Please ask your local science bureau.',
    services: 'Services',
    instruments: 'Instruments',
    name: 'Name',
    category: 'Category',
    price: 'Guide price',
    model: 'Model',
    maker: 'Maker',
    negotiable: 'By agreement',
    per: (price: string, unit: string) => `${price} per ${unit}`,
    no_services: 'No services published yet',
    no_instruments: 'No instruments published yet',
    ask_bureau: 'To add or correct something, please contact your local science bureau.',
    categories: {
      检验检测: 'Testing and inspection',
      研发设计: 'Research and design',
      技术咨询: 'Technical consulting',
      仪器共享: 'Instrument sharing',
    },
  },
)
