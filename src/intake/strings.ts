/** Words of 「批量导入」 in both languages: the form, the list, states and refusals. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    title: '批量导入',
    lead: {
      carrier:
        '从表格一次导入多项服务或仪器。先检查、再确认；新增内容经科技部门审核后在创新地图公布。',
      bureau: '从表格一次导入载体、服务或仪器。先检查、再确认；确认后直接公布。',
    },
    begin: '上传表格',
    kind: '导入内容',
    kinds: { service: '服务项目', instrument: '仪器设备', carrier: '载体' },
    kind_hints: {
      service: '每行一项服务',
      instrument: '每行一台仪器',
      carrier: '每行一个载体，导入即准入',
    },
    file: '表格文件',
    file_hint:
      'CSV（UTF-8 或 GB18030，逗号、分号或制表符分隔）或 XLSX，取第一张工作表；最大 20 MB，最多 200,000 行',
    upload: '上传并检查',
    templates: '下载模板',
    template: (kind: string, format: string) => `${kind}模板（${format}）`,
    list: '导入记录',
    waiting: '等待审核的导入',
    empty: '还没有导入过',
    empty_note: '下载模板，填好后在上面上传。',
    columns: {
      file: '文件',
      kind: '内容',
      by: '导入人',
      at: '时间',
      rows: '行数',
      state: '状态',
    },
    states: {
      reading: '读取中',
      unreadable: '无法读取',
      preview: '待确认',
      in_review: '待审核',
      returned: '已退回',
      applying: '导入中',
      done: '已完成',
      abandoned: '已放弃',
    },
    errors: {
      kind_missing: '请选择导入内容',
      file_missing: '请选择表格文件',
      file_empty: '这是空文件，请选择有内容的表格',
      file_too_large: '文件超过 20 MB，请拆成几个文件',
      old_workbook: '这是旧版 XLS 文件，请在表格软件中另存为 XLSX 或 CSV',
      broken_archive: '这不是可以读取的 XLSX：可能已加密、带宏或损坏，请另存为 XLSX 或 CSV',
      not_a_table: '这不是表格，请上传 CSV 或 XLSX',
      not_in_state: (state: string) => `没有生效：这次导入现在是“${state}”`,
      has_bad_rows: (count: string) => `有 ${count} 行有问题，不能全部导入`,
      nothing_to_import: '没有可以导入的行',
      reason_required: '请填写退回的理由，说明要改什么',
      reason_too_long: (max: string) => `理由最多 ${max} 个字`,
      mode: '请选择全部导入或只导入正确的行',
      verdict: '请选择审核通过或退回',
    },
  },
  {
    title: 'Bulk import',
    lead: {
      carrier:
        'Many services or instruments from one sheet. It is checked first, you confirm; what ' +
        'is new is published once the bureau has passed it.',
      bureau:
        'Carriers, services or instruments from one sheet. It is checked first, then you ' +
        'confirm; what you confirm is published at once.',
    },
    begin: 'Upload a sheet',
    kind: 'Contents',
    kinds: { service: 'Services', instrument: 'Instruments', carrier: 'Carriers' },
    kind_hints: {
      service: 'One service a row',
      instrument: 'One instrument a row',
      carrier: 'One carrier a row; importing admits it',
    },
    file: 'File',
    file_hint:
      'CSV (UTF-8 or GB18030; comma, semicolon or tab) or XLSX, whose first sheet counts; at ' +
      'most 20 MB and 200,000 rows',
    upload: 'Upload and check',
    templates: 'Templates',
    template: (kind, format) => `${kind} (${format})`,
    list: 'Imports',
    waiting: 'Imports to review',
    empty: 'Nothing imported yet',
    empty_note: 'Download a template, fill it in and upload it above.',
    columns: {
      file: 'File',
      kind: 'Contents',
      by: 'By',
      at: 'Time',
      rows: 'Rows',
      state: 'State',
    },
    states: {
      reading: 'Reading',
      unreadable: 'Cannot be read',
      preview: 'To confirm',
      in_review: 'In review',
      returned: 'Returned',
      applying: 'Importing',
      done: 'Done',
      abandoned: 'Given up',
    },
    errors: {
      kind_missing: 'Choose what the file contains',
      file_missing: 'Choose a file',
      file_empty: 'The file is empty',
      file_too_large: 'The file is larger than 20 MB. Please split it',
      old_workbook: 'This is an old XLS file. Please save it as XLSX or CSV',
      broken_archive: 'This XLSX cannot be read: encrypted, with macros or damaged. Save it anew',
      not_a_table: 'This is no sheet. Please upload CSV or XLSX',
      not_in_state: (state) => `Not done: this import is now “${state}”`,
      has_bad_rows: (count) => `${count} rows have problems, so not all can be imported`,
      nothing_to_import: 'There is no row to import',
      reason_required: 'Please say what has to be changed',
      reason_too_long: (max) => `The reason may have at most ${max} characters`,
      mode: 'Choose to import all or the good rows',
      verdict: 'Choose to approve or to return',
    },
  },
)
