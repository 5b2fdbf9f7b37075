/** Words of the drawn map in both languages; `{…}` is filled in by the browser. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    map: '地图',
    how: '地图，方向键移动，加号和减号缩放',
    skip: '跳过地图',
    script: '浏览器没有运行脚本，地图没有画出来；列表里是同样的结果。',
    schematic: '示意图，不作为划界依据',
    osm: '© OpenStreetMap',
    tianditu: '© 天地图',
    approval: (number: string) => `审图号：${number}`,
    labels: {
      zoom_in: '放大',
      zoom_out: '缩小',
      my_place: '我的位置',
      here: '您的位置',
      locating: '正在定位…',
      refused: '没有得到定位许可。请在浏览器里允许定位，或者在上面选择地区。',
      nowhere: '暂时无法定位。请在上面选择地区。',
      offline: '没有连上服务器，地图和列表可能不是最新的。',
      tiles: '在线底图暂时不可用，已改用示意图。',
      close: '关闭',
      loading: '正在加载…',
      near: '{place}附近 ',
      cluster: {
        organisation: '{near}{organisations} 家服务机构',
        service: '{near}{organisations} 家服务机构，{items} 个服务项目',
        instrument: '{near}{organisations} 家服务机构，{items} 台仪器设备',
      },
      one: {
        organisation: '{name}',
        service: '{name}，{items} 个服务项目',
        instrument: '{name}，{items} 台仪器设备',
      },
      suggestions: '搜索建议',
      suggested: '{n} 条建议，按上下方向键选择',
      unsuggested: '没有建议',
      kinds: { organisation: '服务机构', service: '服务项目', instrument: '仪器设备' },
    },
  },
  {
    map: 'Map',
    how: 'Map, arrow keys move it, plus and minus zoom',
    skip: 'Skip the map',
    script: 'Without scripts the map is not drawn; the list holds the same results.',
    schematic: 'Schematic, not a statement of boundaries',
    osm: '© OpenStreetMap',
    tianditu: '© Tianditu',
    approval: (number: string) => `Map approval number: ${number}`,
    labels: {
      zoom_in: 'Zoom in',
      zoom_out: 'Zoom out',
      my_place: 'My location',
      here: 'You are here',
      locating: 'Finding your location…',
      refused:
        'Your browser did not share your location. Allow it there, or choose a region above.',
      nowhere: 'Your location is not available now. Choose a region above.',
      offline: 'The server could not be reached; map and list may be out of date.',
      tiles: 'The online base map is not available now; the schematic one is shown.',
      close: 'Close',
      loading: 'Loading…',
      near: ' near {place}',
      cluster: {
        organisation: '{organisations} organisations{near}',
        service: '{organisations} organisations{near}, {items} services',
        instrument: '{organisations} organisations{near}, {items} instruments',
      },
      one: {
        organisation: '{name}',
        service: '{name}, services: {items}',
        instrument: '{name}, instruments: {items}',
      },
      suggestions: 'Suggestions',
      suggested: 'Suggestions: {n}, choose with the arrow keys',
      unsuggested: 'No suggestions',
      kinds: { organisation: 'Organisation', service: 'Service', instrument: 'Instrument' },
    },
  },
)

/** What the browser is given as JSON in `data-labels`. */
export type Labels = (typeof strings)['zh']['labels']
