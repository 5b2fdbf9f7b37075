/** Headings of the exported lists: those of the import, then what an import passes over. */
import { twin } from '../kernel/text.ts'

export const exportStrings = twin(
  {
    names: { carriers: '载体', service: '服务项目', instrument: '仪器设备' },
    carrier:
      '载体名称|统一社会信用代码|法定代表人|县（市、区）|地址|经度|纬度|坐标系|联系人|联系电话|认定类别|网址|简介|载体状态|服务项目数|仪器设备数',
    service:
      '载体统一社会信用代码|服务名称|服务类别|参考价格（元）|计价单位|服务周期（工作日）|资质|简介|所属载体|发布状态',
    instrument:
      '载体统一社会信用代码|仪器名称|型号|生产厂家|安放地点|参考价格（元）|计价单位|开放状态|资质|简介|所属载体|发布状态',
  },
  {
    names: { carriers: 'Carriers', service: 'Services', instrument: 'Instruments' },
    carrier:
      'Organisation|Credit code|Legal representative|County|Address|Longitude|Latitude|' +
      'Coordinate system|Contact|Phone|Recognised categories|Website|Introduction|' +
      'State of the carrier|Number of services|Number of instruments',
    service:
      'Carrier credit code|Service|Category|Guide price (yuan)|Unit|Turnaround (working days)|' +
      'Qualifications|Summary|Offered by|Published state',
    instrument:
      'Carrier credit code|Instrument|Model|Maker|Place|Guide price (yuan)|Unit|Availability|' +
      'Qualifications|Summary|Offered by|Published state',
  },
)
