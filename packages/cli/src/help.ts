/** What each command does and takes, in both languages. */
import type { Bilingual } from '@tanxiao/contracts';

const COMMON: Bilingual = {
  zh: `  --lang zh|en         提示语言（默认取环境变量 LANG）
  --help               显示本说明

退出码：0 成功；1 数据被退回或操作失败；2 用法有误`,
  en: `  --lang zh|en         language of messages (default: from LANG)
  --help               this text

Exit codes: 0 done; 1 the data were refused or the command failed; 2 wrong usage`,
};

const HELP = {
  '': {
    zh: `碳效评价命令行

用法：tanxiao 命令 [选项]

  rate        不用服务器，直接对一个文件评级（含行业平均）
  dry-run     试行：规则一改，谁的等级怎样变，为什么
  template    导出填报模板
  rulebooks   列出评价规范及其每个数值的出处
  factors     列出排放因子与折标系数及其出处
  rulebook    编写评价规范：check 检查、test 验算算例、diff 比较版本、docs 生成说明页、overview 一览；
              propose 向服务器提出、approve 由另一人批准
  roll-up     把下级主体的评级汇总为上级（园区、县、市）的填报表
  import      把文件送到服务器，跟踪到完成
  run         请服务器对一期全部主体重新评价：start、watch、list、moves、notice、publish、cancel
  replay      请服务器重算一个评级并核对

tanxiao 命令 --help 查看各命令的选项；tanxiao --version 查看版本
`,
    en: `Carbon-efficiency evaluation on the command line

Usage: tanxiao COMMAND [options]

  rate        rate a file with no server at all, benchmarks included
  dry-run     try a rule change: who moves from which grade to which, and why
  template    write the form to fill in
  rulebooks   list the rulebooks and the source of their every number
  factors     list emission factors and coal equivalents with their sources
  rulebook    write a rulebook: check it, test its examples, diff two versions, docs for people, overview of all;
              propose it to a server, approve it as another person
  roll-up     ratings of lower subjects into the form of higher ones (park, county, city)
  import      send a file to a server and follow it to its end
  run         have a server rate a whole period anew: start, watch, list, moves, notice, publish, cancel
  replay      have a server recompute a rating and compare

tanxiao COMMAND --help tells the options of a command; tanxiao --version the version
`,
  },
  rate: {
    zh: `用法：tanxiao rate --rulebook 规范 --input 文件 [选项]

文件中的主体即为评价总体，按评价期分别计算行业平均；输出与输入同序。

  --rulebook R         评价规范：编号，见 tanxiao rulebooks；或 .yaml 文件
  --input FILE         .csv 或 .xlsx，列名见 tanxiao template
  --period P           未写评价期的行所用的评价期，如 2026Q3、2026H1、2026
  --output FILE        输出 CSV（默认标准输出）
  --explain [ID]       在标准输出给出每个（或一个）主体的逐步计算；没有 --output 时代替 CSV
  --advise             与 --explain 同用：再给出距更好等级的差距，以及单独调整哪项数据可以达到
  --bom                CSV 以字节顺序标记开头，供 Excel 识别
  --year-before FILE   上年同期的填报文件：规范规定取上年同期值的填报项留空时从中取值，与所填不同的予以提示
  --strict             有任何一行被退回时退出码为 1（默认仅在没有一行被接受时为 1）
`,
    en: `Usage: tanxiao rate --rulebook R --input FILE [options]

The file's subjects are the population; each period has its own benchmarks; output keeps the input's order.

  --rulebook R         an ID, see: tanxiao rulebooks; or a .yaml file
  --input FILE         .csv or .xlsx, columns as in: tanxiao template
  --period P           for rows that state none: 2026Q3, 2026H1 or 2026
  --output FILE        CSV (default: stdout)
  --explain [ID]       every subject's arithmetic, or one's, on stdout; without --output in place of the CSV
  --advise             with --explain: also how far it is to each better grade, and which change of one input reaches it
  --bom                start the CSV with a byte-order mark, for Excel
  --year-before FILE   submissions of a year before: inputs that the rulebook takes from them, where they are blank;
                       what is stated otherwise is told
  --strict             exit with 1 where any row was rejected (default: only where none was accepted)
`,
  },
  'dry-run': {
    zh: `用法：tanxiao dry-run --before 规范 --after 规范 --input 文件 [选项]

同一总体按两版规范各评一次：等级变动矩阵、变动名单及每一户的原因。不保存任何评价。

  --before R           现行版：ID、ID@版本，或 .yaml 文件
  --after R            试行版：.yaml 文件或 ID@版本；晚于评价期生效的按其生效首日的数值
  --factor-set F       试行版改用的因子集：.yaml 文件或 ID@版本（默认其所指明的因子集）
  --input FILE         .csv 或 .xlsx，列名按现行版的模板，可另有试行版新增的指标
  --period P           评价期；文件中只有一个评价期时可省略
  --grading NAME       比较哪一个分级（默认：等级）
  --output FILE        变动名单 CSV，附中英文原因
  --format text|json   默认 text；json 含全部变动名单
`,
    en: `Usage: tanxiao dry-run --before RULEBOOK --after RULEBOOK --input FILE [options]

Rates one population under two versions: who moves from which grade to which, and why. Nothing is kept.

  --before R           ID, ID@VERSION or a .yaml file
  --after R            a .yaml file or ID@VERSION; one that begins after the period counts as on its first day
  --factor-set F       for the version after, a .yaml file or ID@VERSION (default: the one it names)
  --input FILE         .csv or .xlsx, columns of the version before, and inputs that only the one after has
  --period P           may be left out where the file holds one period only
  --grading NAME       which grading to compare (default: the grade)
  --output FILE        the movers as CSV, reasons in both languages
  --format text|json   default text; json lists all movers
`,
  },
  template: {
    zh: `用法：tanxiao template --rulebook 规范 [选项]

  --rulebook R         评价规范：编号或 .yaml 文件
  --period P           该评价期的版本（默认今天生效的版本）
  --format xlsx|csv    默认 xlsx
  --output FILE        默认：xlsx 为“规范.xlsx”，csv 为标准输出
`,
    en: `Usage: tanxiao template --rulebook R [options]

  --rulebook R         the rulebook: an ID or a .yaml file
  --period P           the version of that period (default: the one in force today)
  --format xlsx|csv    default xlsx
  --output FILE        default: ID.xlsx, or stdout for csv
`,
  },
  rulebooks: {
    zh: `用法：tanxiao rulebooks [选项]

  --rulebook ID        只列一个
  --format table|csv|json
  --output FILE        默认标准输出
`,
    en: `Usage: tanxiao rulebooks [options]

  --rulebook ID        that one only
  --format table|csv|json
  --output FILE        default: stdout
`,
  },
  factors: {
    zh: `用法：tanxiao factors [选项]

  --catalogue          列出已知的全部公开因子（含不得用于评级的及其原因）
  --format table|csv|json
  --output FILE        默认标准输出
`,
    en: `Usage: tanxiao factors [options]

  --catalogue          every published factor known, also those not to be used in ratings, and why
  --format table|csv|json
  --output FILE        default: stdout
`,
  },
  rulebook: {
    zh: `用法：tanxiao rulebook check 文件… | test 文件… | diff 甲 乙 | docs 文件 | overview [文件…]
      tanxiao rulebook propose 文件 | proposals [编号] | approve 编号 | reject 编号  --server 地址

文件为评价规范的 YAML；随附的规范可写作“编号@版本”，如 industrial-carbon-efficiency@1.0.0。

  check 文件…   找出全部问题，每个写明“文件:行:列 代码：问题与改法”；在生效日和每个数值变更日
                所在的季度、年度各编译一次；有问题时退出码为 1
    --factors FILE       所引用的因子集文件（默认用随附的因子集）
    --format text|json   json 供编辑器使用
  test 文件…    验算规范中的算例，列出期望值与实得值；另列出没有算例触及的级别、不予评级原因和校验；
                有算例不符时退出码为 1
    --factors FILE
    --format text|json
  diff 甲 乙    两个版本之间改了什么：数值（旧 → 新、自何日起、来源、状态）、公式、分级、原因、填报项、文字
    --format text|json
    --output FILE
  docs 文件     生成供人阅读的 Markdown 说明页（默认中英文各一份，用 --lang 只取一种）
    --factors FILE
    --output FILE        默认标准输出
  overview [文件…]  规则形态、算例，以及数值中官方文本、公开报道、本项目假定各占多少（默认全部随附的规范）；
                有算例不符时退出码为 1
    --factors FILE
    --format table|csv|json|markdown    markdown 默认中英文各一份，用 --lang 只取一种
    --output FILE        默认标准输出
  propose 文件   向服务器提出新版本；服务器按 check 和 test 检查，不合格即退回；批准前不用于评级
    --by 姓名            提出人（账号功能上线前按所填姓名记录，不作核验）
    --reason 理由
    --kind rulebook|factor-set   默认 rulebook；新因子集须先批准，引用它的规范才能提出
  proposals      列出提案；写明编号时给出该提案的检查、差异与注意事项
    --state open|approved|rejected
  approve 编号   批准（须为提出人以外的人）；自此按其生效日用于评级，已有评级不变
    --by 姓名 [--reason 理由]
  reject 编号    驳回
    --by 姓名 --reason 理由
    以上各项：--server URL，--format text|json
`,
    en: `Usage: tanxiao rulebook check FILE... | test FILE... | diff A B | docs FILE | overview [FILE...]
       tanxiao rulebook propose FILE | proposals [ID] | approve ID | reject ID  --server URL

A file is a rulebook's YAML; one that ships can be named ID@VERSION, such as industrial-carbon-efficiency@1.0.0.

  check FILE...  every problem as "file:line:column code: what, and how to mend it"; compiled for the quarter
                 and the year of its effective date and of every day on which a number changes;
                 exits with 1 where there is any problem
    --factors FILE       the factor set it names (default: those that ship)
    --format text|json   json is for editors
  test FILE...   runs its worked examples, with what was expected and what was found; also lists the bands,
                 not-rated reasons and checks that no example reaches; exits with 1 where an example fails
    --factors FILE
    --format text|json
  diff A B       what changed: numbers (old → new, from which day, source, status), formulas, bands, reasons,
                 inputs, texts
    --format text|json
    --output FILE
  docs FILE      a Markdown page of the rules for people (Chinese and English; --lang for one of them)
    --factors FILE
    --output FILE        default: stdout
  overview [FILE...]  shapes of rules, worked examples, and the share of numbers that is official, reported,
                 assumed (default: all rulebooks that ship); exits with 1 where an example fails
    --factors FILE
    --format table|csv|json|markdown    markdown in both languages; --lang for one of them
    --output FILE        default: stdout
  propose FILE   a new version to a server, which refuses it unless check and test pass; rated with only once approved
    --by NAME            who proposes (as stated: nobody verifies names until accounts exist)
    --reason TEXT
    --kind rulebook|factor-set   default rulebook; a new factor set is approved before a rulebook can name it
  proposals      lists proposals; with an id, that one's checks, difference and notes
    --state open|approved|rejected
  approve ID     as another person than the proposer; from then on it rates where its dates say, ratings made stay
    --by NAME [--reason TEXT]
  reject ID
    --by NAME --reason TEXT
    all of these: --server URL, --format text|json
`,
  },
  'roll-up': {
    zh: `用法：tanxiao roll-up 评级文件… --rulebook 规范 --period 评价期 [选项]

评级文件为 tanxiao rate --output 或服务器导出的 CSV。按规范的 rollUps 汇总；未汇总的列取自 --filled，否则留空待填。
每个汇总值的户数（符合 / 已评 / 全部）写在标准错误输出。

  --rulebook R         上级的评价规范：编号、编号@版本或 YAML 文件
  --period P           只汇总该评价期的评级
  --by LEVEL           county、city（默认）或 province：每个地区一行
  --members FILE       代替 --by：CSV，列为 group、name、region_code、code，每个成员一行（如园区内的企业）
  --submitted R=FILE   下级规范 R 的填报文件：汇总值要用到填报数据（如工业增加值）时给出；多个以逗号分隔
  --filled FILE        已由人工填报的上级表（CSV，按 local_id）：没有汇总值的列取其中的内容
  --output FILE        默认标准输出
`,
    en: `Usage: tanxiao roll-up RATINGS... --rulebook R --period P [options]

RATINGS are CSV files of tanxiao rate --output or of a server's export. Rolled up as the rulebook's rollUps say;
columns that none fills come from --filled, or are left blank. How many ratings stand behind each value is told on stderr.

  --rulebook R         of the higher subject: ID, ID@VERSION or a YAML file
  --period P           only ratings of this period
  --by LEVEL           county, city (default) or province: a row a region
  --members FILE       instead of --by: a CSV of group, name, region_code, code, a row a member (enterprises of a park)
  --submitted R=FILE   what was submitted under the lower rulebook R, where a roll-up sums it (value added); several by commas
  --filled FILE        the higher form as filled in by hand (CSV, by local_id): stands where no roll-up gives a value
  --output FILE        default: stdout
`,
  },
  import: {
    zh: `用法：tanxiao import 文件 --server 地址 --rulebook 规范 [选项]

  --server URL         服务器地址，如 http://127.0.0.1:8338
  --rulebook ID        评价规范
  --period P           未写评价期的行所用的评价期
  --partial            有错时只保存无误的行（默认一行也不保存）
  --key KEY            幂等键；断线后用同一个键重送不会重复
  --annotated FILE     有错时把带错误说明的文件存到此处
  --timeout SECONDS    最长等待，默认 3600
`,
    en: `Usage: tanxiao import FILE --server URL --rulebook ID [options]

  --server URL         such as http://127.0.0.1:8338
  --rulebook ID        the rulebook
  --period P           for rows that state none of their own
  --partial            keep the good rows where others are bad (default: keep none)
  --key KEY            idempotency key; sending again with the same key never counts twice
  --annotated FILE     where there are errors, save the file with its errors here
  --timeout SECONDS    how long to wait, default 3600
`,
  },
  run: {
    zh: `用法：tanxiao run start --server 地址 --rulebook 规范 --period 评价期 [--detach]
       tanxiao run watch|moves|publish|cancel 批次 --server 地址
       tanxiao run notice 批次 --server 地址 [--until 日期]
       tanxiao run list --server 地址 [--rulebook 规范] [--period 评价期]

  start        建立批次，在标准输出给出编号，并显示进度直至完成排名；--detach 不等待
    --key KEY            幂等键；用同一个键重发不会建立第二个批次
  watch        显示进度直至工作完成；失败或已取消时退出码为 1
  moves        与上期已发布批次相比的等级迁移矩阵：原等级、现等级、户数，以制表符分隔
  notice       公示；--until 为公示的最后一天（如 2026-12-31）
  publish      发布：读者自此看到该批次的全部结果
  cancel       取消未发布的批次
`,
    en: `Usage: tanxiao run start --server URL --rulebook ID --period P [--detach]
       tanxiao run watch|moves|publish|cancel RUN --server URL
       tanxiao run notice RUN --server URL [--until DAY]
       tanxiao run list --server URL [--rulebook ID] [--period P]

  start        makes a run, prints its id on stdout, and shows its progress until it is ranked; --detach does not wait
    --key KEY            idempotency key; sending again with the same key never makes a second run
  watch        shows its progress until workers have nothing more to do; exits with 1 where it failed or was cancelled
  moves        migration matrix against the published run of the period before: grade before, grade now, subjects, by tabs
  notice       puts it under public notice; --until is its last day, such as 2026-12-31
  publish      from then on readers see the whole of this run
  cancel       stops a run that is not published
`,
  },
  replay: {
    zh: `用法：tanxiao replay 评级编号 --server 地址 [--json]

不一致时退出码为 1，并在标准输出给出存档值与重算值；--json 总是给出。
`,
    en: `Usage: tanxiao replay RATING_ID --server URL [--json]

Exits with 1 where a value differs, with the kept and the recomputed values on stdout; --json always prints them.
`,
  },
} as const satisfies Record<string, Bilingual>;

export function helpText(command: string): Bilingual {
  const text: Bilingual = command in HELP ? HELP[command as keyof typeof HELP] : HELP[''];
  const separator = command in HELP && command !== '' ? '' : '\n';
  return {
    zh: `${text.zh}${separator}${COMMON.zh}\n`,
    en: `${text.en}${separator}${COMMON.en}\n`,
  };
}
