/** What a page says when the server cannot do what was asked, and what to do next. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    home: '返回首页',
    signIn: '重新登录',
    reference: (id: string) => `如需帮助，请提供编号 ${id}`,
    bad: { title: '无法处理这个请求', text: '请返回上一页，检查后再试。' },
    ended: { title: '登录已失效', text: '请重新登录。刚才填写的内容没有提交，也没有保留。' },
    role: { title: '没有权限', text: '当前登录的身份不能使用这个页面。' },
    crossSite: {
      title: '请求没有通过校验',
      text: '这个操作不是从本网站的页面发出的，没有执行。请回到页面刷新后再试。',
    },
    missing: { title: '找不到页面', text: '地址可能有误，或者您无权查看这项内容。' },
    large: { title: '上传内容过大', text: '一次上传的文件合计不超过 64 MB，请分几次上传。' },
    often: { title: '操作过于频繁', text: '请稍等一分钟再试。' },
    broken: {
      title: '系统出错了',
      text: '错误已记录。请稍后再试；您的操作如果已经生效，不会重复。',
    },
    away: { title: '服务暂时不可用', text: '请稍后再试。重新提交同一页面不会重复办理。' },
    kept: '您填写的内容没有丢失，都保留在本页。过一会儿按下面的按钮，会原样再提交一次，不会重复办理。',
    endedKept:
      '请先在新窗口重新登录，再回到本页按“再次提交”。刚才填写的内容还没有办理，也没有丢失，都保留在本页。',
    stillSignedIn: '您的登录没有失效，恢复后不需要重新登录。',
    notKept: '这次提交的内容没有保留。请返回上一页，过一会儿再提交。',
    filesNotKept: (names: string) => `文件不能保留，再次提交后请重新选择：${names}`,
    again: '再次提交',
    reload: '再试一次',
  },
  {
    home: 'Back to the home page',
    signIn: 'Sign in again',
    reference: (id: string) => `If you need help, quote reference ${id}`,
    bad: { title: 'The request cannot be handled', text: 'Go back, check it and try again.' },
    ended: {
      title: 'Your session has ended',
      text: 'Sign in again. What you just typed was neither sent nor kept.',
    },
    role: { title: 'No permission', text: 'The identity you signed in with cannot use this page.' },
    crossSite: {
      title: 'The request did not pass a check',
      text: 'It did not come from a page of this site and was not done. Reload and try again.',
    },
    missing: {
      title: 'Page not found',
      text: 'The address is wrong, or this is not yours to see.',
    },
    large: {
      title: 'The upload is too large',
      text: 'Files of one upload may have 64 MB together. Upload them in several steps.',
    },
    often: { title: 'Too many tries', text: 'Wait a minute and try again.' },
    broken: {
      title: 'Something went wrong',
      text: 'The error was recorded. Try again later; what already took effect is not repeated.',
    },
    away: {
      title: 'Temporarily unavailable',
      text: 'Try again later. Sending the same page again does nothing twice.',
    },
    kept:
      'Nothing you typed is lost: this page holds it. Wait a moment and press the button below. ' +
      'It sends the same again, and nothing is done twice.',
    endedKept:
      'Sign in again in the new window, then come back to this page and press “Send again”. What ' +
      'you typed was not acted on and is not lost: this page holds it.',
    stillSignedIn: 'You are still signed in and need not sign in again.',
    notKept: 'What you sent was not kept. Go back a page and send it again in a moment.',
    filesNotKept: (names: string) =>
      `Files cannot be kept. Choose them again after sending: ${names}`,
    again: 'Send again',
    reload: 'Try again',
  },
)
