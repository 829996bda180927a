/** What does not fit the document's shape: the codes are zod's, with `schema-` before them. */
import { text } from './problem-text';

export const SCHEMA_TEXTS = {
  'schema-unrecognized_keys': text(
    ['没有这个字段', 'a field that does not exist'],
    ['改正拼写，或删去该字段', 'correct the spelling, or leave the field out'],
  ),
  'schema-invalid_type': text(
    ['字段缺失或类型有误', 'a field is missing or of the wrong type'],
    [
      '补上该字段，或写成所要求的类型（文字形式的数字加引号，数值不加）',
      'add the field, or write the type that is expected (quotes make a text of a number)',
    ],
  ),
  'schema-invalid_value': text(
    ['字段缺失或不在允许的取值之内', 'a field is missing or none of its allowed values'],
    ['写成所列取值之一', 'write one of the values that are listed'],
  ),
  'schema-invalid_format': text(
    ['格式有误', 'the wrong format'],
    [
      '名称用小写字母、数字和 _，编码用小写字母、数字和 -，日期写成 "2026-01-01"，版本写成 1.0.0',
      'names are snake_case, codes are kebab-case, dates are written "2026-01-01", versions 1.0.0',
    ],
  ),
  'schema-too_small': text(
    ['太少、太短或太小', 'too few, too short or too small'],
    ['补足所要求的最少项数或最小值', 'bring it up to the least that is allowed'],
  ),
  'schema-too_big': text(
    ['太多、太长或太大', 'too many, too long or too large'],
    ['缩减到允许的最多项数、最大长度或最大值', 'bring it down to the most that is allowed'],
  ),
  'schema-not_multiple_of': text(
    ['数值不是所要求的倍数', 'not a multiple of what is expected'],
    ['写成所要求的整数或倍数', 'write a whole number, or the multiple that is expected'],
  ),
  'schema-invalid_union': text(
    ['不符合任何一种允许的写法', 'none of the allowed forms'],
    [
      '对照 packages/rulebook/rulebook.schema.json 中该字段的几种写法',
      'compare it with the field’s forms in packages/rulebook/rulebook.schema.json',
    ],
  ),
  'schema-invalid_key': text(
    ['键的写法有误', 'a key of the wrong form'],
    ['键用小写字母、数字、_ 或 -', 'write keys in lower-case letters, digits, _ or -'],
  ),
  'schema-invalid_element': text(
    ['成员有误', 'an element that does not fit'],
    ['改成该列表所要求的写法', 'write it as the list demands'],
  ),
  'schema-custom': text(
    ['不符合要求', 'not as demanded'],
    ['按说明改正', 'correct it as the message says'],
  ),
} as const;
