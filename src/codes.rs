//! Every code that a message may bear, but for the rules of the law, which have a
//! table of their own: whose fault it is, what it is called, what is behind it.

/// Whose fault it is that something is wrong, the gravest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// What the secretary wrote.
    Input,
    /// How the program was called.
    Usage,
    /// The machine: no font, full disk, unreadable file.
    Machine,
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// How `election.yaml` is written.
    Writing,
    Roll,
    /// Which law judges.
    Law,
    /// Wordings, layouts, words of one's own.
    Template,
    /// Documents, fonts, pages.
    Making,
    Archive,
    /// Files, folders, the command line.
    Machine,
}

/// One code.
#[derive(Debug)]
pub struct Code {
    pub name: &'static str,
    pub family: Family,
    pub fault: Fault,
    pub title: &'static str,
    pub explanation: &'static str,
}

impl Code {
    pub fn find(name: &str) -> Option<&'static Self> {
        CODES.iter().find(|code| code.name == name)
    }
}

impl Family {
    /// What a user calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Writing => "选举说明的写法",
            Self::Roll => "选民名册",
            Self::Law => "适用的法规",
            Self::Template => "模板和版式",
            Self::Making => "生成文件",
            Self::Archive => "档案包",
            Self::Machine => "文件和电脑",
        }
    }
}

macro_rules! codes {
    ($($family:ident { $($fault:ident $name:literal $title:literal $explanation:literal;)* })*) => {
        pub const CODES: &[Code] = &[$($(Code {
            name: $name,
            family: Family::$family,
            fault: Fault::$fault,
            title: $title,
            explanation: $explanation,
        },)*)*];
    };
}

codes! {
Writing {
    Input "yaml" "不合 YAML 的写法"
        "选举说明按 YAML 写：一行一项，“键: 值”，冒号是半角的，后面空一格；下一级比上一级多缩进两格，不用制表符。";
    Input "empty" "文件是空的"
        "选举说明里还什么都没有。用 zhangbang new 可以得到一份带说明的样本。";
    Input "encoding" "文件不是 UTF-8 编码"
        "选举说明和模板要存成 UTF-8。用记事本或 WPS“另存为”时可以选编码。";
    Input "too-large" "文件太大，或者一处文字太长"
        "选举说明不会超过几兆字节，一处也不会有几万个字；多半是把名册或别的文件写了进来。名册请单独存成 voters.xlsx。";
    Input "unknown-key" "没有这个键"
        "多半是键写错了一个字，或者缩进错了，写到了别的项目下面。写错的键如果不说，那一项就等于没有写。";
    Input "duplicate-key" "一个键写了两次"
        "同一处的一个键只能写一次，中文和英文两种写法算同一个键；否则不知道以哪一个为准。";
    Input "unknown-value" "键后面留空"
        "键后面留空，意思是“有这回事，但不知道”。文件里会印成空白，由人填写；还没有发生的，应在行首加“# ”。";
    Input "value" "值的写法不对"
        "这一项应该是日期、人数、是否或者规定的几个词之一，写的却不是。";
    Input "placeholder" "还是样本里的名称"
        "zhangbang new 写的“某某社区”“某某村”是样子，没有换成真的以前，不生成任何文件。";
    Input "edit" "这一处改不了"
        "改动选举说明时，只改要改的地方，改完重新读一遍核对；核对不上的，原来的文件不动。";
    Input "silenced" "“不再提示”写得不对"
        "只有警告可以不再提示，要写明代号和理由；理由会印在检查报告里。";
}
Roll {
    Input "roll-missing" "找不到名册"
        "选举说明里写了名册的文件名，文件夹里却没有；或者文件夹里还没有名册。";
    Input "roll-ambiguous" "名册不止一份"
        "旁边有几份表格，不知道哪一份是名册。请写明“名册”，或者把别的移走。";
    Input "roll-file" "把唯一的表格当作名册"
        "没有 voters.xlsx，但旁边只有一份表格。请核对它是不是名册。";
    Input "roll-unreadable" "名册打不开"
        "文件损坏、加了密，或者不是表格。用 Excel 或 WPS 打开，另存为 .xlsx。";
    Input "roll-encoding" "名册的编码"
        "CSV 文件里没有写明编码，是猜的。请看一看姓名对不对。";
    Input "roll-too-long" "名册长得不合常理"
        "一个社区或村不会有这么多选民，请检查是不是用错了文件。";
    Input "roll-empty" "名册里没有选民"
        "只有表头。登记以后填上选民。";
    Input "roll-no-name-column" "没有“姓名”一列"
        "程序按表头找各列，至少要有“姓名”。";
    Input "roll-column-twice" "同一内容有两列"
        "两列的表头意思相同，不知道用哪一列。";
    Input "roll-columns-left-out" "没有用到的列"
        "与名单无关的列不读入，也不会印出来。列在这里，好知道没有漏掉有用的。";
    Input "roll-hidden-sheet" "隐藏的工作表"
        "隐藏的工作表不读入。如果里面有选民，请取消隐藏。";
    Input "roll-hidden-unseen" "看不出有没有隐藏的行"
        "这种格式的文件里看不出哪些行是隐藏的，所以都读入了。";
    Input "roll-sheet-adopted" "没有表头的工作表"
        "这张表没有表头，按前一张的表头读入，请核对。";
    Input "roll-sheet-again" "像是同一份名单的工作表"
        "这张表里的人几乎都在别的工作表上，像是旧名册、备份或汇总，会把人数算两遍。";
    Input "roll-sheet-left-out" "没有读入的工作表"
        "这张表里没有选民的名单，或者按名称不是选民的名单。";
    Input "roll-sheet-unread" "读不了的工作表"
        "表里有内容，却找不到表头，读不成名单。";
    Input "roll-beside" "没有表头的列"
        "表格旁边没有表头、或者表头看不懂的格里写着像是人名、性别、身份证号或小组的内容。补上、改正表头才会读入；不该读的，写明是什么。";
    Input "roll-aside" "不在名册里的人"
        "死亡、迁出等人员的名单另成一表，没有算作选民。";
    Input "roll-other-list" "工作人员、候选人等的名单"
        "名册里夹着的工作人员、候选人、代表、受托人等名单没有读作选民；他们是选民的，应当已在名册里。";
    Input "roll-group-title" "标题和小组不一致"
        "标题、工作表的名称和小组一栏写的不是同一个小组。查明以后改成一样，免得人算到别的小组。";
    Input "roll-sheet-number" "工作表的名称只是数字"
        "工作表叫“1”“2”的，可能是小组，也可能是第几页。是小组的，改名为“1组”“2组”。";
    Input "roll-also-aside" "名册上的人也在另外的名单上"
        "这个人既在名册里，又在死亡、迁出等名单里，请核对他还是不是选民。";
    Input "roll-row-hidden" "隐藏的行"
        "隐藏的行照样读入，并在这里说明。";
    Input "roll-row-struck" "画了删除线的行"
        "画删除线的多半是要去掉的人，但也可能不是，所以要问一声。";
    Input "roll-row-unclear" "看不懂的行"
        "这一行既不像选民，也不像小计、标题或说明。没有弄清以前，不能说名册没有漏人。";
    Input "roll-remark" "备注里有话"
        "备注写着死亡、迁出、停止行使等，或者只有他一个人这样写、程序看不懂，请核对这个人是不是选民。";
    Input "roll-legend" "颜色、记号有意思"
        "用颜色、记号表示死亡、迁出的，程序看不出来，要逐人核对。";
    Input "roll-note" "名单下面的话"
        "标题、名单中间、下面写着某人已去世、迁出、漏登、更正一类的话，或者有看不懂的话：程序不会照它改，要人来看、来改。";
    Input "roll-remark-kept" "备注里的话"
        "没有一份词表认得全人们怎么写备注，所以好几个人都写着、没有逐一问到的都列出来，请看一遍。";
    Input "roll-open" "还没有核对的问题"
        "整理好的名册、合并的名册在“待核对”一列带着原来问过的问题。";
    Input "roll-formula" "格子里是公式"
        "用的是公式算出来、存在文件里的值。";
    Input "roll-formula-unsaved" "公式没有存下结果"
        "文件里只有公式，没有值。用 Excel 或 WPS 打开，保存一次再用。";
    Input "roll-total" "合计对不上"
        "名册自己写的合计与读到的人数不同：漏了人、多了人，或者合计没有改。";
    Input "roll-page" "名册的页码不全"
        "写着“共3页”或“接下页”，后面的页却没有：上面的选民可能漏了。";
    Input "roll-serial" "序号不连续"
        "序号断了或重了，可能漏了人，也可能只是没有重排。";
    Input "roll-count" "人数与选举说明不同"
        "名册上的人数与选举说明写的不一样。公布出去的只能有一个数。";
    Input "roll-head-missing" "户主没有自己的一行"
        "写了户主、配偶的姓名，名册里却没有他。是选民的，要有自己的一行。";
    Input "roll-name-blank" "没有姓名"
        "这一行有别的内容，却没有姓名。";
    Input "roll-name-none" "姓名一格写的不是姓名"
        "写的是“无”“不详”之类。";
    Input "roll-name-only" "只有姓名的行"
        "别的行都有性别、出生日期或身份证号，这一行只有姓名，可能是小计或者签名。";
    Input "roll-name-personal" "姓名一格有别的内容"
        "姓名一格里有数字、电话、证件号或住址。名单是要张榜的，个人信息不能上墙。";
    Input "roll-name-long" "姓名太长"
        "比最长的姓名还长，可能是几个人写在一格里。";
    Input "roll-name-space" "姓名里有空格"
        "排版时会自动对齐两个字的姓名，不用加空格；有空格就查不出重复。";
    Input "roll-name-control" "姓名里有控制字符"
        "换行、制表符之类，多半是粘贴带来的。";
    Input "roll-name-invisible" "姓名里有看不见的字符"
        "看起来一样的两个姓名会被当成两个人。请清空这一格，重新输入。";
    Input "roll-name-dot" "间隔号不对"
        "少数民族姓名的间隔号应是“·”（U+00B7）。";
    Input "roll-name-look-alike" "像汉字的符号"
        "部首、偏旁等符号看起来像汉字，查重、排序都会错。";
    Input "roll-name-unsaid" "姓名里有“某”"
        "“张某某”一类的姓名像是填表的示例，或者是隐去了的姓名，不能张榜。";
    Input "roll-name-several" "一格里有几个人的姓名"
        "一行只算一名选民，几个人写在一格里人数就不对。";
    Input "roll-name-mark" "姓名旁边有记号"
        "名册常用记号表示死亡、迁出等，程序不知道它的意思。";
    Input "roll-name-foreign" "姓名里有汉字以外的字符"
        "如果姓名确实如此，不用改。";
    Input "roll-name-lost" "生僻字丢了"
        "“?”“□”等，多半是导出时丢掉的生僻字，要与身份证核对。";
    Input "roll-name-private-use" "自造字"
        "自造字换一台电脑就变了样，要用国家标准字库里的字。";
    Input "roll-sex" "性别看不懂"
        "只认“男”“女”。";
    Input "roll-birth" "出生日期看不懂"
        "写成“1985-03-12”或“1985年3月”。";
    Input "roll-birth-range" "出生日期不合常理"
        "不在人的寿命之内，或者在将来。";
    Input "roll-age" "年龄看不懂"
        "写成阿拉伯数字；最好写出生日期。";
    Input "roll-age-birth" "年龄和出生日期对不上"
        "两项里有一项写错了。";
    Input "roll-age-unsure" "看不出是否成年"
        "出生日期不完整，到选举日是否年满十八周岁，要查清楚。";
    Input "roll-under-age" "不满十八周岁"
        "到选举日不满十八周岁的没有选举权。";
    Input "roll-id-as-number" "身份证号变成了数值"
        "Excel 只保存十五位数字，后三位已经丢失，无法还原，只能按原件重录。";
    Input "roll-id-length" "身份证号位数不对"
        "居民身份证号是 18 位。";
    Input "roll-id-form" "不是居民身份证号"
        "可能是别的证件，不能核对。";
    Input "roll-id-masked" "身份证号被遮住"
        "带星号的号码不能用来核对重复。公开的名单本来就不印身份证号。";
    Input "roll-id-check" "身份证号校验位不对"
        "按国家标准算出的最后一位与写的不同，有一位写错了。";
    Input "roll-id-area" "身份证号开头的地区代码没有"
        "前两位是省、市、自治区的代码；外国人永久居留身份证以 9 开头。";
    Input "roll-id-date" "身份证号里的日期不存在"
        "第 7 至 14 位应是出生日期。";
    Input "roll-id-birth" "出生日期与身份证号不同"
        "以身份证号为准，或者查清哪一个写错了。";
    Input "roll-id-sex" "性别与身份证号不同"
        "身份证号第 17 位单数是男，双数是女。";
    Input "roll-relation" "与户主关系对不上"
        "妻是男的、子是女的，一户有两个户主：有一项写错了，或者填串了行。";
    Input "roll-duplicate" "同一人登记了两次"
        "姓名、出生日期和小组都一样。不重、不漏、不错，先要不重。";
    Input "roll-same-id" "两个人的身份证号相同"
        "一个号码只属于一个人。";
    Input "roll-same-person" "像是同一个人"
        "姓名相同，别的也没有不同。请核对是一人还是两人。";
    Input "roll-same-person-elsewhere" "另一个小组里有同一个人"
        "一个人只能在一个小组登记。";
    Input "roll-diff-unsure" "比较名册时分不清的同名人"
        "新旧两份名册里同名的人没有可以区分的内容，不能当作同一个人，也不能断定换了人。写上身份证号或出生日期再比较。";
    Input "roll-diff-column" "比较名册时一份没有写小组"
        "一份写了小组，另一份没有：谁换了小组比不出来。";
    Input "roll-namesake" "同名的人"
        "名单上会有两个一样的姓名，程序会加注性别、年份以示区别。";
    Input "roll-no-groups" "没有小组"
        "名单要按小组张榜，名册里却看不出小组。";
    Input "roll-cell-blank" "别人都写了的一格空着"
        "性别、出生日期、年龄、身份证号别人都写了，这名选民没有写：多半是漏了。";
    Input "roll-group-blank" "这一行没有写小组"
        "暂按上一行的小组算，请补上。";
    Input "roll-group-missing" "没有写小组"
        "名单按小组张榜，这名选民不知道在哪一组。";
    Input "roll-group-empty" "有的小组没有选民"
        "选举说明里有这个小组，名册里却没有人：可能漏了，也可能人都读进了别的小组。";
    Input "roll-other-place" "标题是别的村、社区"
        "名册的标题写的村、社区、乡镇和选举的不是一个，或者和前面的标题不是一个：多半放错了文件，或并进了别处的一页。";
    Input "roll-other-day" "名册写的选举日不一致"
        "表头上下写的选举日、计算年龄的日子和选举说明里的选举日不是一天：多半是旧表，或者有一处写错了。";
    Input "roll-group-gap" "小组的号数不连续"
        "一组、二组、四组：中间的小组可能整组漏了。";
    Input "roll-filled-down" "一列像是拖动填充出来的"
        "出生日期逐行加一天、年龄逐行加 1、每人一个小组、全是一种性别：表格软件向下填充时会这样变。";
    Input "roll-group-alike" "同一个小组有两种写法"
        "一组、1组、第一村民小组分开算，各组的人数就都不对。";
    Input "roll-group-odd" "小组一格写的不像小组"
        "写的是“外村”“其他”、一个日期、一个人名之类，会印成一个小组。改成小组的名称；确是小组的，不用改。";
    Input "roll-group-astray" "和前后各行、同一户的人不在一个小组"
        "各小组的人都排在一起，只有这一行写着别的小组；或者一户人分在两个小组。多半是写错了。";
    Input "roll-card" "选民证号重复或者缺了"
        "选民证一人一证。两人同号、别人都有只有一人没有，要查明是不是重复登记、漏发。";
    Input "roll-group-several" "一格里写了几个小组"
        "每人只在一个小组里。写明是哪一个；确是合在一起的，在选举说明的小组里照样写上。";
    Input "roll-group-control" "小组一格里有控制字符"
        "换行、制表符之类，多半是两行没有断开，或者粘贴带来的。";
    Input "roll-group-piece" "小组的名称竖着写，一行一个字"
        "每一行都要写全小组的名称，不然一个小组会算成几个。";
    Input "roll-group-unknown" "名册里的小组没有见过"
        "名册和选举说明里的小组名称要写得一样。";
    Input "roll-group-personal" "小组一格有个人信息"
        "这一格只写小组的名称；小组名是要印在名单上的。";
    Input "roll-answer" "待核对清单里的答复看不懂"
        "答复写“不是选民”“确是两人”“改为……”等。";
    Input "roll-answer-stale" "答复对不上名册"
        "名册改过以后，要重新写出待核对清单再答。";
}
Law {
    Input "law-profile" "不知道按哪一部法律"
        "法律按类别、省份和选举日选定；也可以在“适用法规”下写明“规则”。";
    Input "law-parameter" "没有这个参数"
        "本地规定与国家法律不同的数，可以写在“适用法规”的“参数”里；参数的名称见 zhangbang law。";
    Input "law-day" "日期不全，法律可能不是这一部"
        "没有写选举日，按别处的日期推断法律；这中间法律改过的，只作警告。";
    Input "law-province" "没有这个省的规定"
        "自带的规则里没有收这个省当时的规定，只按国家法律检查；本地另有规定的请自行核对。";
    Input "unknown-rule" "没有这条规则"
        "用 zhangbang law list 列出全部规则。";
    Input "unknown-code" "没有这个代号"
        "代号在每条消息的方括号里。";
}
Template {
    Input "template" "模板写得不对"
        "自己改的模板里有错误，指出的是模板里的位置。用 zhangbang templates export 可以导出自带的来对照。";
    Input "words" "用词表写得不对"
        "templates/words.yaml 每行写一个词，如“voter: 参选居民”。";
    Input "typst" "版式出错"
        "自己改的版式里有错误，或者名单等内容不合版式的要求。";
    Input "too-costly" "自己的模板或版式做不完"
        "自己改的模板和版式先在另一个进程里试一遍，太费时间、太费内存的就停下来，免得电脑卡住。";
    Input "no-layout" "没有这种版式"
        "模板开头的 layouts 写了不存在的版式。";
    Input "layout-names" "版式没有照排名单"
        "自己改的版式把名单的行拆开、略去或者重复了。";
}
Making {
    Input "unknown-document" "没有这份文件"
        "写代号或名称都可以；用 zhangbang templates list 列出全部代号和名称。";
    Input "notice-changed" "张贴以后内容有变动"
        "这份公告贴出去时说的，和现在的数据说的不一样。墙上的不会跟着变：改错了的改回去，确实要改的另贴更正公告。程序和模板的措辞改了，也会这样提醒。";
    Input "notice-copy" "张贴稿对不上"
        "build --posted 把张贴时的内容存在 posted 文件夹里，摘要记在“已贴公告”里，两者要相符，才能说出张贴以后改了哪里。";
    Input "notice-day" "张贴的日子比落款的早"
        "公告落款的日期和“已贴公告”里记的张贴日期，有一个不对。";
    Input "cannot-post" "不能记为已经张贴"
        "一份公告只记一次；编号贴出去以后不再变动，也不给别的公告用；选票、登记表一类不张贴的文件不用记。";
    Input "unknown-voters" "分不出这些选民"
        "--voters 写小组的名称（与名册里的一样）或选民登记册上的编号，只用于选民证和选民登记册。";
    Input "not-due" "还不能做这份文件"
        "这一步还没有写进选举说明。";
    Input "personal-data" "公开的文件里有个人信息"
        "身份证号、手机号、座机号、银行卡号、护照和通行证号不能出现在公开的文件和名称里，遮住几位的也不行。办公座机写在“办公电话”“公开电话”里的可以。";
    Input "personal-name" "名称里有个人信息"
        "文件夹和文件的名称会写进档案包的名称、目录和路径，谁都看得到。附件名称里的号码打包时会遮去，别的要先改名。";
    Input "no-glyph" "有印不出的字"
        "现有的字体里没有这个字，或者它是看不见的字符。程序不会略去，也不会换成别的字。";
    Input "page-lost" "排好的文件上少了内容"
        "文件排好以后，逐句核对：每一句都要在纸上。少了一句，就不生成；多半是内容太多，一页排不下。";
    Input "page-outside" "有内容印到了纸外"
        "文件排好以后，逐句核对：每一句都要在纸的范围以内。";
    Input "page-crossed" "有内容出了格"
        "文件排好以后，逐句核对：格里的字不能伸到格外，也不能有线从字上穿过。";
    Input "page-over" "有内容叠在一起"
        "文件排好以后，逐句核对：一处不能有两句话叠着。";
    Input "page-small" "字太小"
        "正文不小于9磅（小五号），再小就看不清了。";
    Input "page-no-glyph" "有印不出的字"
        "这个字排到纸上是一个空框：所用的字体里没有它。";
    Input "font-broken" "字体文件是坏的"
        "fonts 文件夹里有读不成字体的文件。不用它，用别的字体代替。";
    Input "glyph-borrowed" "有的字借用了别的字体"
        "所用的字体字数少，没有名字里的生僻字；这个字用别的字体印，粗细、大小会略有不同。";
    Machine "no-font" "没有中文字体"
        "这台电脑上没有可以用来排版的中文字体。";
    Input "font-substitute" "用别的字体代替"
        "没有公文规定的字体（如仿宋、小标宋），用相近的代替，版面可能略有不同。";
    Machine "png" "图片没有画成"
        "多半是内存不够。";
    Machine "docx" "Word 文件没有写成"
        "请把这份选举说明寄给开发者。";
    Machine "no-report" "检测报告没有印成"
        "打印检测报告要有中文字体。";
}
Archive {
    Input "archive-code" "编不出档号"
        "档号由全宗号、门类代码、年度、保管期限和件号组成，各段有规定的写法。";
    Input "archive-incomplete" "归档材料还缺"
        "应当归档的原件还没有扫描件。缺件清单在包内，可以照单补齐。";
    Input "no-fonds" "没有全宗号"
        "全宗号由档案馆（室）给定；没有以前，档号里用代号。";
    Input "attachment-left" "附件没有归入档案"
        "attachments 里的快捷方式、链接只指着别处的文件，设备也不是文件，归入档案打不开；程序档案馆不收。所以没有收。";
    Input "public-scans" "扫描件没有检查"
        "图片和扫描件里的文字，程序看不见；公开之前要由人看一遍。";
    Input "bad-name" "包里不能用的文件名"
        "档案包里的名称在 Windows、macOS、Linux 上都要能用。";
    Input "bad-label" "包的说明里有不能写的内容"
        "bag-info.txt 的标签和值各占一行，不能有控制字符。";
    Input "source-changed" "打包期间文件变了"
        "有程序正在改写这个文件。关闭以后再打包一次。";
    Machine "cannot-read" "读不到附件"
        "附件在打包期间读不出来，可能是被别的程序占用，或者移动盘拔出了。";
    Machine "catalogue-xlsx" "目录没有写成"
        "归档文件目录的 Excel 文件没有写成。";
    Input "signing-key" "密钥不能用"
        "签名用的是 SM2 或 Ed25519 的密钥，PEM 格式，没有密码。私钥签名，公钥验证；zhangbang sign --new-key 可以做一对，OpenSSL、GmSSL 做的也可以用。";
    Input "not-signed" "签不了名"
        "签名是签给一个文件的，放在它旁边。文件夹签不了，请签打成的 zip 文件。";
    Input "password" "密码不能用"
        "密码不能是空的；从文件里读时，只读第一行。";
}
Machine {
    Input "no-file" "没有这个文件"
        "路径或文件名写错了，或者文件已经移走。";
    Machine "unreadable" "读不到文件"
        "没有读的权限，或者文件被别的程序占用、移动盘拔出了。";
    Input "not-a-file" "不是文件"
        "这里要的是文件，给的是文件夹或者设备。";
    Machine "cannot-write" "写不了文件"
        "文件被占用、磁盘已满或者没有写的权限。写不成的，原来的文件不会变。";
    Input "unfit-name" "这个名称不能用"
        "文件夹要带到别的电脑上去。CON、AUX 一类的名称是 Windows 保留的，以句点或空格结尾的名称会被改掉，\
         有的字符不能用在文件名里。";
    Machine "write" "建不了临时文件夹"
        "磁盘已满，或者没有写的权限。";
    Machine "workbook-not-written" "工作簿没有写成"
        "写不出这份 Excel 文件。";
    Input "exists" "已有同名文件"
        "程序从不覆盖你的文件。请换一个名称，或者先把原来的改名。";
    Input "holiday" "选举日在假期里"
        "放假期间许多人外出，不宜作选举日。";
    Input "not-sunday" "选举日不是星期日"
        "选举日一般定在星期日，便于在外工作的人回来投票。";
    Input "too-soon" "选举日太近"
        "按这个选举日，有的步骤的日子已经过去了。";
    Machine "no-port" "本机的页面打不开"
        "网页要用本机的一个端口；端口被占用，或者电脑不许程序开端口，就打不开。";
    Input "batch-empty" "没有找到选举"
        "batch 找的是里面有 election.yaml 的文件夹，和社区交来的档案包（.zip）。";
    Input "batch-output" "放结果的位置不对"
        "结果按选举文件夹的相对位置放，不能放在选举文件夹自己的位置上。";
    Input "batch-columns" "统计表的各栏写得不对"
        "statistics.yaml 写着统计表有哪些栏、各怎么数；zhangbang batch report --print-columns 打印自带的一份，可以照着改。";
    Input "batch-list" "名单读不出来"
        "名单是一份表格，一行一个社区或村，表头写名称、类别、选举日等；错在哪一格就指出哪一格，全部改好以前一个文件夹也不建。";
    Input "batch-packet" "交来的档案包用不了"
        "社区交来的档案包先检验，再读里面的源数据；没有通过检验的，或者是不带源数据的公开版、加密版，统计不了。";
    Input "batch-broken" "程序在这个选举上出了毛病"
        "程序有毛病，这个选举没有办成；别的选举不受影响。";
    Usage "page" "没有这一页"
        "要的这一页、这一份文件不在了，或者还缺一项没有填。";
    Input "upload" "文件没有收下"
        "送来的文件不完整、太大，或者不是这里要的一种。";
    Machine "page-broken" "这一页出了错"
        "程序有毛病。别的页面和已经保存的内容不受影响。";
}
}
