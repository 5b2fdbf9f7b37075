/** The cast of the demonstration by name: people and places that tests speak of. */
export const PEOPLE = {
  lin: { name: '林知远', unit: '杭州演示云杉传感科技有限公司', uscc: '91330106MA2DEM017U' },
  zhou: { name: '周予安', unit: '宁波演示微光电子有限公司', uscc: '91330203MA2DEM025G' },
  fang: { name: '方若水', unit: '杭州演示启航机器人有限公司', uscc: '91330106MA2DEM041C' },
  wu: { name: '吴检', unit: '浙江演示智能制造检测研究院', uscc: '123300004700010160' },
} as const
