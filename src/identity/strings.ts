/** Words of the doors: what went wrong on the way back from the portal, and what to do next. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    again: '重新登录',
    home: '返回首页',
    next: '您可以这样做',
    expired: {
      title: '这次登录已失效',
      text: '登录要在十分钟内、在同一个浏览器里完成，而且每次登录只能返回一次。',
      steps: ['点击「重新登录」。如果您在政务服务网仍处于登录状态，不必再输入密码。'],
    },
    cancelled: {
      title: '登录已取消',
      text: '您在政务服务网取消了登录，没有提交任何信息。',
      steps: ['需要办理业务时，点击「重新登录」。', '查看办事大厅和创新地图不需要登录。'],
    },
    not_signed_in: {
      title: '尚未登录',
      text: '政务服务网没有找到您的登录状态。',
      steps: ['点击「重新登录」，选择一种登录方式。'],
    },
    wrong_kind: {
      title: '登录入口不对',
      text: '政务服务网返回的账号类型与所选入口不一致。',
      steps: [
        '企业和服务机构的经办人请使用页面右上方的「法人登录」。',
        '科技部门的工作人员请使用「工作人员登录」。',
      ],
    },
    refused_by_portal: {
      title: '登录没有成功',
      text: '政务服务网的答复无法确认您的身份，为安全起见没有登录。',
      steps: [
        '点击「重新登录」再试一次。',
        '如果仍不成功，请联系页面底部的服务单位，说明发生的时间。',
      ],
    },
    portal_unavailable: {
      title: '暂时无法连接政务服务网',
      text: '登录由政务服务网办理，它现在没有答复。您在本平台的数据不受影响。',
      steps: ['请过几分钟再点击「重新登录」。', '查看办事大厅和创新地图不需要登录。'],
    },
    unlisted: {
      title: '您的账号还没有开通',
      text: (name: string, account: string) =>
        `${name}（${account}），您的身份已确认，但没有科技部门把您列为在用的工作人员。`,
      steps: [
        '请本单位的管理员在「人员管理」中添加您的账号，并选择岗位。',
        '添加之后不必重新登录，刷新本页即可。',
      ],
    },
  },
  {
    again: 'Sign in again',
    home: 'Back to the home page',
    next: 'What you can do',
    expired: {
      title: 'This sign-in has expired',
      text: 'A sign-in is finished within ten minutes, in the same browser, and leads back once.',
      steps: [
        'Press "Sign in again". Still signed in at the government portal, you need no password.',
      ],
    },
    cancelled: {
      title: 'Sign-in cancelled',
      text: 'You cancelled the sign-in at the government portal. Nothing was sent.',
      steps: [
        'Press "Sign in again" when you want to do business here.',
        'The service hall and the innovation map need no sign-in.',
      ],
    },
    not_signed_in: {
      title: 'Not signed in',
      text: 'The government portal does not know you as signed in.',
      steps: ['Press "Sign in again" and choose a way to sign in.'],
    },
    wrong_kind: {
      title: 'The wrong way in',
      text: 'The government portal reports an account that does not fit the way in you chose.',
      steps: [
        'Agents of enterprises and carriers use the sign-in for legal persons at the top right.',
        'Staff of science bureaus use the staff sign-in.',
      ],
    },
    refused_by_portal: {
      title: 'Sign-in did not succeed',
      text: 'The government portal’s answer does not confirm who you are: you were not signed in.',
      steps: [
        'Press "Sign in again" and try once more.',
        'If it fails again, call the operator named below and say when it happened.',
      ],
    },
    portal_unavailable: {
      title: 'The government portal cannot be reached',
      text: 'The government portal signs you in, and it does not answer now. Your data are safe.',
      steps: [
        'Press "Sign in again" in a few minutes.',
        'The service hall and the innovation map need no sign-in.',
      ],
    },
    unlisted: {
      title: 'Your account is not active here yet',
      text: (name: string, account: string) =>
        `${name} (${account}): the portal confirms who you are, but no bureau lists you as staff.`,
      steps: [
        'Ask your bureau’s administrator to add your account and its roles.',
        'Once it is added, reload this page; you need not sign in again.',
      ],
    },
  },
)
