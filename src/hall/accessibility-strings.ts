/** The accessibility statement. */
import { twin } from '../kernel/text.ts'

export const accessibilityStrings = twin(
  {
    lead: '我们希望每个人都能办成事。本站按 GB/T 37668-2019 二级和 WCAG 2.2 AA 建设。',
    canTitle: '您可以这样使用',
    can: [
      '只用键盘完成全部办理，焦点位置始终可见。',
      '用右上角的“大字版”放大文字，也可以用浏览器放大到四倍。',
      '用读屏软件：页面有标题层次、区域名称和错误提示。',
      '关闭脚本或使用旧浏览器，除地图和自动刷新外都能办理。',
      '按系统设置使用深色界面；打印时总是白底黑字。',
    ],
    limitsTitle: '还不够好的地方',
    limits: ['上传的材料由各单位提供，可能没有文字版。'],
    helpTitle: '遇到困难',
    help: '请拨打页面底部的联系电话，我们会用其他方式帮您办理。',
  },
  {
    lead: 'Everybody should get it done: built for WCAG 2.2 AA and GB/T 37668-2019 level 2.',
    canTitle: 'What you can do',
    can: [
      'Do everything by keyboard, with the focus always visible.',
      'Enlarge the text with “Large text” at the top right, or zoom to four times.',
      'Use a screen reader: pages have headings, named regions and messages.',
      'Turn scripts off or use an old browser: all but the map and live updates works.',
      'Use the dark scheme of your system; prints are always black on white.',
    ],
    limitsTitle: 'What is not good enough yet',
    limits: ['Papers are uploaded by organisations and may lack text.'],
    helpTitle: 'If you are stuck',
    help: 'Call the number at the foot of the page. We will help you another way.',
  },
)
