/** Why an upload was not taken. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    file_empty: (name: string) => `「${name}」是空文件`,
    file_too_large: (name: string) => `「${name}」超过 20 MB`,
    file_type_refused: (name: string) =>
      `「${name}」不能上传：内容须为 PDF、JPG、PNG、OFD、DOCX 或 XLSX，且与扩展名一致，不含宏`,
    files_too_many: (max: string) => `最多上传 ${max} 个文件`,
  },
  {
    file_empty: (name) => `“${name}” is empty`,
    file_too_large: (name) => `“${name}” is larger than 20 MB`,
    file_type_refused: (name) =>
      `“${name}” cannot be uploaded: it must be PDF, JPG, PNG, OFD, DOCX or XLSX in content and ` +
      'extension, without macros',
    files_too_many: (max) => `At most ${max} files can be uploaded`,
  },
)
