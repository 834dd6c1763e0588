//! What the secretary writes about one election.
//!
//! One record a stage, in the order in which the stages come. Every field may
//! be absent (not yet), null (happened, not known) or known; see [`Field`].
//!
//! [`Field`]: super::decode::Field

use super::date::PartialDate;
use super::decode::{Field, Located, TimeOfDay, choice, record};
use super::person::Sex;

/// A list whose items know where they stand.
pub type List<T> = Vec<Located<T>>;

record! {
    /// One election of one committee: the root of `election.yaml`.
    pub struct Election("选举说明") {
        kind("类别"): Kind, "社区居委会写“社区”，村委会写“村”";
        community("社区" | "村"): Community, "社区或村的基本情况";
        term("届次"): u32, "本届是第几届，写数字，如 6";
        /// The day D from which every statutory offset counts.
        election_day("选举日"): PartialDate, "选举日，如 2026-05-10";
        /// When the last committee was elected, from which its term counts.
        previous_election_day("上届选举日"): PartialDate, "上一届的选举日，用来核对任期";
        last_term("上届情况"): LastTerm, "上一届的数字，统计时与本届对照；没有的不写";
        term_years("任期"): u32, "本届任期几年，写数字；不写则按法律";
        mode("选举方式"): Mode, "全体选民、户代表或居民代表";
        posts("职数"): Posts, "主任、副主任、委员各几名";
        law("适用法规"): Law, "适用的规则；不写则按类别、省份和选举日自动选定";
        name_order("姓名排序"): NameOrder, "按笔画排列的名单用哪种排法：姓氏笔画（单名在前，不写就是它）或姓名笔画（单名也比第二个字）";
        leading_group("指导小组") in Preparation: LeadingGroup, "街道（乡镇）的选举工作指导小组";
        meetings("会议"): List<Meeting>, "开过的会议，用来做会议记录";
        preparation("筹备") in Preparation: Preparation, "社区选举领导小组、动员、宣传";
        training("培训") in Preparation: Training, "选举骨干培训";
        audit("财务审计") in Preparation: Audit, "离任经济责任（财务）审计";
        appraisal("民主评议") in Preparation: Appraisal, "对上一届成员的民主评议";
        election_committee("选举委员会") in Committee: ElectionCommittee, "主持选举的居民（村民）选举委员会";
        plan("实施方案") in Committee: Plan, "选举工作实施方案";
        registration("选民登记") in Voters: Registration, "选民登记与选民名单";
        public_phones("公开电话"): List<String>, "公告里可以出现的办公座机，一部一项，如监督电话；登记处的写在“办公电话”，12345 一类的不用写，手机号不写";
        groups("小组") in Voters: List<ResidentGroup>, "居民（村民）小组，按张榜顺序";
        representatives("居民代表" | "村民代表") in Committee: Representatives, "居民（村民）代表和小组长";
        household_representatives("户代表") in Voters: HouseholdRepresentatives, "户代表投票时，各户的代表";
        nomination("提名") in Candidates: Nomination, "提名候选人";
        candidates("候选人") in Candidates: Candidates, "正式候选人";
        polling("投票") in Polling: Polling, "投票的时间、地点和安排";
        staff("工作人员") in Polling: Staff, "总监票员、监票员、唱票员、计票员等";
        proxies("委托投票") in Polling: Proxies, "委托投票名单";
        mobile_boxes("流动票箱") in Polling: MobileBoxes, "流动票箱投票人员";
        result("选举结果") in Result: ElectionResult, "投票、计票和当选";
        runoff("另行选举") in Result: Runoff, "票数不足时的另行选举";
        handover("移交") in Closing: Handover, "新老班子的移交";
        supervision("监督委员会") in Closing: Supervision, "居（村）务监督委员会";
        division("分工") in Closing: Division, "新一届委员会的分工和下属委员会";
        governance("自治建设") in Closing: Governance, "选举后建立的机构和制度";
        summary("工作总结") in Closing: Summary, "选举工作总结";
        postponement("延期") in Preparation: Postponement, "延期（提前）换届选举";
        resignations("辞职") in Term: Resignations, "委员会成员辞职";
        recall("罢免") in Term: Recall, "罢免委员会成员";
        by_election("补选") in Term: ByElection, "出缺后的补选";
        year_end("年终总结") in Term: YearEnd, "年终公布的自治情况总结；用 summary 命令也可以单做";
        archive("归档") in Closing: Archive, "归档用的全宗号、类别等";
        joint("联合印发"): List<JointIssue>, "几个单位联合印发的文件，一份一项";
        notices("已贴公告"): List<PostedNotice>, "已经张贴的公告；编号此后不再变动，内容变了会提醒。由 build --posted 写入，以前贴的也可以自己写";
        errata("更正"): List<Erratum>, "张贴以后的更正，一份更正公告一项；由 build --posted 写入，也可以自己写";
        silenced("不再提示"): List<Silenced>, "经核实后不再提示的规则，须写明理由";
    }
}

impl Election {
    /// Those on duty when it is voted, and in a by-election.
    pub fn staff_members(&self) -> &[Located<StaffMember>] {
        self.staff.get().map_or(&[], |staff| staff.list.items())
    }

    pub fn by_election_staff(&self) -> &[Located<StaffMember>] {
        self.by_election.get().map_or(&[], |later| later.staff.items())
    }

    /// Whether candidates are nominated; where they are not, voters write the names
    /// themselves.
    pub fn nominates(&self) -> bool {
        self.polling.get().is_none_or(|polling| polling.without_candidates.value() != Some(true))
    }

    /// Keys as an election of this kind writes them: 村民代表 where communities
    /// have 居民代表.
    pub fn keys_for(kind: Option<Kind>, keys: &[&str]) -> String {
        let keys = keys.join(".");
        match kind {
            Some(Kind::Villagers) => keys.replace("居民", "村民").replace("社区", "村"),
            _ => keys,
        }
    }
}

choice! {
    pub enum Kind("类别") {
        Residents = "residents" | "居委会" | "居民委员会" | "社区",
        Villagers = "villagers" | "村委会" | "村民委员会" | "村",
    }
}

impl Kind {
    /// 居民 or 村民.
    pub fn people(self) -> &'static str {
        match self {
            Self::Residents => "居民",
            Self::Villagers => "村民",
        }
    }
}

choice! {
    /// Who votes. 城市居民委员会组织法(2025) 第十四条; villagers always vote directly.
    pub enum Mode("选举方式") {
        AllVoters = "all_voters" | "直接选举" | "居民直接选举" | "全体选民",
        HouseholdReps = "household_reps" | "户代表",
        ResidentReps = "resident_reps" | "居民代表",
    }
}

choice! {
    /// How names are ordered by strokes: whether a given name of one character
    /// comes before all longer ones of the same surname.
    #[derive(Default)]
    pub enum NameOrder("姓名排序") {
        #[default]
        Surname = "surname_strokes" | "姓氏笔画",
        FullName = "full_name_strokes" | "姓名笔画",
    }
}

choice! {
    /// The posts of the elected committee, in the order of rank.
    pub enum Post("职务") {
        Chair = "chair" | "主任",
        ViceChair = "vice_chair" | "副主任",
        Member = "member" | "委员",
    }
}

choice! {
    pub enum Education("学历") {
        Primary = "primary" | "小学及以下" | "小学",
        JuniorHigh = "junior_high" | "初中",
        Vocational = "vocational" | "中技" | "职高" | "中专",
        SeniorHigh = "senior_high" | "高中",
        College = "college" | "专科" | "大专",
        Bachelor = "bachelor" | "大学" | "大学本科" | "本科",
        Postgraduate = "postgraduate" | "硕士" | "博士" | "研究生",
    }
}

record! {
    pub struct Person("人员", scalar = name) {
        name("姓名"): String, "姓名";
        sex("性别"): Sex, "男或女";
        post("职务"): String, "职务";
        relatives("近亲属"): List<Relative>, "近亲属";
    }
}

record! {
    pub struct Community("社区") {
        name("名称"): String, "社区或村的名称，如“淇美社区”";
        province("省份" | "省"): String, "如“广东省”";
        city("地市" | "市"): String, "如“揭阳市”";
        district("区县" | "县" | "区"): String, "如“榕城区”";
        street("街道" | "乡镇" | "镇"): String, "如“仙桥街道”";
        population("人口"): u32, "总人口";
        households("户数"): u32, "总户数";
        cooperatives("经联社"): u32, "下辖经济联合社的个数";
        introduction("简介"): String, "一两句概况，印在总结开头";
        multi_ethnic("多民族"): bool, "是否多民族聚居";
    }
}

record! {
    pub struct Posts("职数") {
        chair("主任"): u32, "主任几名";
        vice_chair("副主任"): u32, "副主任几名";
        member("委员"): u32, "委员几名";
        women("妇女"): u32, "其中至少几名妇女";
        full_time("专职"): u32, "其中几名专职；不分专职、兼职的不写";
        decided_on("决定日期"): PartialDate, "会议决定职数的日期";
        decided_by("决定会议"): String, "决定职数的会议，如“居民代表会议”";
    }
}

impl Posts {
    /// What is written of the seats of one post.
    pub fn field(&self, post: Post) -> &Field<u32> {
        match post {
            Post::Chair => &self.chair,
            Post::ViceChair => &self.vice_chair,
            Post::Member => &self.member,
        }
    }

    /// Seats of one post; `None` if they are not written or not known.
    pub fn seats(&self, post: Post) -> Option<u32> {
        self.field(post).value()
    }

    /// All seats; a post that is not written has none. `None` if those of a post
    /// are not known, or none is written.
    pub fn total(&self) -> Option<u32> {
        let written = Post::ALL.iter().map(|&post| self.field(post));
        let written: Vec<_> = written.filter(|field| !field.is_absent()).collect();
        let seats = written.iter().map(|field| field.value()).collect::<Option<Vec<u32>>>()?;
        (!seats.is_empty()).then(|| seats.into_iter().fold(0, u32::saturating_add))
    }
}

record! {
    pub struct Law("适用法规") {
        profile("规则"): String, "规则代号，如 cn-residents-2026；zhangbang law profiles 可列出";
        bases("依据"): List<String>, "方案和公告里引用的法规名称；不写则用规则自带的";
        parameters("参数"): List<OwnParameter>, "本地另有规定的参数，代替规则自带的";
    }
}

record! {
    /// A number or word of the law's that a local rule sets otherwise.
    pub struct OwnParameter("规则参数") {
        name("参数"): String, "参数代号，如 proxy.max；zhangbang law list 可列出";
        value("数值"): String, "本地规定的值";
        basis("依据"): String, "哪个文件哪一条";
    }
}

record! {
    /// The street or township body that guides the election.
    pub struct LeadingGroup("指导小组") {
        name("名称"): String, "如“仙桥街道社区居委会换届选举工作指导小组”";
        head("组长"): String, "组长的职务或姓名，如“党工委书记”";
        departments("成员单位"): List<String>, "如 组织、党政办、社会事务办";
        guides("驻点指导员"): bool, "是否派出驻居（村）指导员";
        plan_title("印发文件"): String, "印发的工作方案的名称";
        plan_number("文号"): String, "印发的工作方案的发文字号，如“仙街发〔2026〕5号”";
        members("成员"): List<Person>, "指导小组的组长、副组长、成员";
        office("办公室"): String, "办公室设在哪里";
        plan_issued_on("印发日期"): PartialDate, "印发工作方案的日期";
    }
}

record! {
    pub struct Preparation("筹备") {
        leading_group_size("领导小组人数"): u32, "社区（村）选举领导小组的人数";
        leading_group("领导小组"): List<Person>, "社区（村）选举领导小组的组长、副组长、成员";
        leading_group_formed_on("领导小组成立日期"): PartialDate, "社区（村）选举领导小组成立的日期";
        started_on("启动日期"): PartialDate, "正式启动的日期";
        mobilized_on("动员大会"): PartialDate, "动员大会的日期";
        publicity("宣传方式"): List<String>, "如 宣传栏、广播、入户发放公开信";
        studied("学习内容"): List<String>, "学习的法律法规和文件";
        election_day_posted_on("选举日公告"): PartialDate, "公布选举日的日期";
        letter_on("公开信日期"): PartialDate, "致居民（村民）一封信的日期";
        discipline_posted_on("纪律公告日期"): PartialDate, "换届纪律公告张贴的日期";
    }
}

record! {
    pub struct Training("培训") {
        sessions("期数"): u32, "培训班期数";
        attendances("人次"): u32, "参加培训的人次";
        organizers("举办单位"): List<String>, "如 办事处、社区";
        list("场次"): List<TrainingSession>, "每一期的日期、内容、人数";
    }
}

record! {
    /// One session of a training course.
    pub struct TrainingSession("培训班") {
        held_on("日期"): PartialDate, "培训的日期";
        place("地点"): String, "培训的地点";
        topic("内容"): String, "培训的内容";
        trainer("主讲"): String, "主讲人的职务或姓名";
        attendances("人数"): u32, "参加的人数";
    }
}

record! {
    pub struct Meeting("会议记录") {
        name("名称"): String, "如“居民代表会议”";
        held_on("日期"): PartialDate, "开会的日期";
        starts_at("时间"): TimeOfDay, "开会的时刻";
        place("地点"): String, "开会的地点";
        host("主持"): String, "主持人";
        recorder("记录人"): String, "记录人";
        attended_by("列席"): List<String>, "列席的单位或人";
        expected("应到"): u32, "应到会人数";
        present("实到"): u32, "实到会人数";
        topics("议题"): List<String>, "议题，一条一项";
        said("发言"): List<String>, "会议内容，一条一段；不写则留空手写";
        resolutions("表决"): List<Resolution>, "表决的事项和票数";
    }
}

record! {
    pub struct Resolution("表决", scalar = matter) {
        matter("事项"): String, "表决的事项";
        agreed("同意"): u32, "同意的票数";
        opposed("反对"): u32, "反对的票数";
        abstained("弃权"): u32, "弃权的票数";
    }
}

record! {
    pub struct Audit("财务审计") {
        auditor("审计单位"): String, "如“街道财务审计组”";
        subject("审计对象"): String, "审计了谁、哪些账务";
        period("审计期间"): String, "如“2021年5月至2026年2月”";
        findings("审计结果"): List<String>, "审计结果，一条一项；不写则结果报告另附";
        reviewed_by("审议会议"): String, "如“居民代表会议”";
        posted_on("公布日期"): PartialDate, "审计结果张榜公布的日期";
    }
}

record! {
    pub struct Appraisal("民主评议") {
        held_on("日期"): PartialDate, "评议会议的日期";
        attended_by("参加人员"): String, "如“上届居民代表和居民小组长”";
        posted_on("公布日期"): PartialDate, "评议结果张榜公布的日期";
        expected("应到"): u32, "应到会人数";
        present("实到"): u32, "实到会人数";
        results("评议结果"): List<Appraised>, "每名被评议人的各等次票数；不写则结果另附";
    }
}

record! {
    /// The votes on one member of the outgoing committee.
    pub struct Appraised("被评议人", scalar = name) {
        name("姓名"): String, "姓名";
        post("职务"): String, "在上一届委员会的职务";
        excellent("优秀"): u32, "评为优秀的票数";
        competent("称职"): u32, "评为称职的票数";
        fair("基本称职"): u32, "评为基本称职的票数";
        unfit("不称职"): u32, "评为不称职的票数";
    }
}

record! {
    pub struct ElectionCommittee("选举委员会") {
        method_adopted_on("推选办法日期"): PartialDate, "推选办法在会议上通过的日期";
        formed_on("推选日期"): PartialDate, "推选产生的日期";
        formed_by("推选方式"): FormedBy, "由哪种会议推选";
        size("人数"): u32, "成员人数；写了成员名单就不必写";
        members("成员"): List<CommitteeMember>, "成员名单，按公布的顺序";
        alternates("候补"): List<Alternate>, "没有选上、依次递补的人，按得票从多到少写";
        posted_on("公布日期"): PartialDate, "名单张榜公布的日期";
        filed_on("备案日期"): PartialDate, "报街道（乡镇）备案的日期";
        objection_days("意见期限"): u32, "公布后几日内可提意见";
        changes_posted_on("变动公布日期"): PartialDate, "成员退出、递补公布的日期";
    }
}

choice! {
    pub enum FormedBy("推选方式") {
        Assembly = "assembly" | "村民会议" | "居民会议" | "居民（村民）会议",
        RepresentativeMeeting = "representative_meeting" | "村民代表会议" | "居民代表会议" | "居民（村民）代表会议",
        GroupMeetings = "group_meetings" | "各村民小组会议" | "居民小组会议" | "小组会议",
    }
}

record! {
    pub struct CommitteeMember("选举委员会成员", scalar = name) {
        name("姓名"): String, "姓名";
        sex("性别"): Sex, "男或女";
        post("职务"): Post, "主任、副主任或委员；写明了主任的，其余不写就是委员";
        votes("得票"): u32, "推选时的得票";
        left_on("退出日期"): PartialDate, "退出选举委员会的日期";
        left_because("退出原因"): String, "如“被提名为候选人”";
        replaces("递补"): String, "递补的是谁的缺";
        relatives("近亲属"): List<Relative>, "与候选人等的近亲属关系";
    }
}

impl CommitteeMember {
    /// Whether nothing is written of the member having left.
    pub fn serves(&self) -> bool {
        self.left_on.is_absent() && self.left_because.is_absent()
    }
}

record! {
    /// Who comes next when a member of the election committee leaves.
    pub struct Alternate("候补人员", scalar = name) {
        name("姓名"): String, "姓名";
        votes("得票"): u32, "推选时的得票";
    }
}

record! {
    /// 近亲属 in the sense of 民法典 第一千零四十五条.
    pub struct Relative("近亲属", scalar = name) {
        name("姓名"): String, "对方姓名";
        relation("关系"): String, "如 配偶、父母、子女、兄弟姐妹";
    }
}

record! {
    pub struct Plan("实施方案") {
        adopted_by("通过会议"): String, "如“居民代表会议”";
        adopted_on("通过日期"): PartialDate, "会议通过的日期";
        approved_on("审核日期"): PartialDate, "街道（乡镇）审核同意的日期";
        posted_on("公布日期"): PartialDate, "公布的日期";
        number("文号"): String, "实施方案的发文字号；没有的不写";
        requirements("候选人条件"): List<String>, "候选人条件，一条一项；不写则用法律规定的基本条件";
        timetable("日程"): List<Step>, "自定的日程；不写则按已知日期列出";
    }
}

record! {
    pub struct Step("日程") {
        stage("阶段"): String, "所属阶段";
        starts_on("日期" | "开始"): PartialDate, "哪一天，或从哪一天起";
        ends_on("结束"): PartialDate, "到哪一天止";
        work("工作"): String, "做什么";
        by("负责"): String, "谁来做";
    }
}

record! {
    pub struct Registration("选民登记") {
        announced_on("公告日期"): PartialDate, "登记公告张贴的日期";
        with_election_day("与选举日一并公告"): bool, "是否和选举日写在一份公告里；是的，不另出选举日公告和登记公告";
        starts_on("开始"): PartialDate, "登记开始的日期";
        ends_on("截止"): PartialDate, "登记截止的日期";
        places("地点"): List<String>, "登记地点";
        classes("登记范围"): List<String>, "哪几类人可以登记，一条一项；不写则概括表述";
        methods("登记办法"): List<String>, "怎样登记，一条一项";
        hours("办理时间"): String, "每天几时至几时办理，如“上午8时至11时30分，下午2时至5时”";
        registrars("登记员"): List<String>, "登记员的姓名；电话只写登记处的座机";
        phone("办公电话"): String, "登记处办公电话（只写座机）";
        roll("名册"): String, "选民名册的文件名；不写则用旁边的 voters.csv 或 voters.xlsx";
        voters("选民总数"): u32, "公布的选民总数；有名册时用来核对";
        list_posted_on("名单公布日期"): PartialDate, "选民名单张榜公布的日期";
        list_places("张榜地点"): List<String>, "选民名单张贴在哪些地方";
        previous_roll("原名册"): String, "公布时的旧名册的文件名；写了就比较新旧，做补正公告";
        corrected_on("补正日期"): PartialDate, "补正公告公布的日期";
        objections_to("受理人"): String, "受理申诉的机构或人";
        objections("申诉"): List<Objection>, "收到的申诉";
        cards_issued("发放选民证"): bool, "是否发放选民证（参选证）";
    }
}

record! {
    pub struct Objection("申诉") {
        received_on("收到日期"): PartialDate, "收到申诉的日期";
        decided_on("处理日期"): PartialDate, "作出处理决定的日期";
        posted_on("公布日期"): PartialDate, "公布处理结果的日期";
        matter("事项"): String, "申诉的事项（不写个人隐私）";
        decision("决定"): String, "处理决定";
    }
}

record! {
    pub struct ResidentGroup("小组", scalar = name) {
        name("名称"): String, "小组名称，与名册里的写法一致";
        households("户数"): u32, "户数";
        voters("选民数"): u32, "公布的选民数；有名册时用来核对";
        representatives("代表名额"): u32, "分配的代表名额";
        leader("组长"): String, "小组长姓名";
    }
}

record! {
    pub struct Representatives("居民代表") {
        method_adopted_on("推选办法日期"): PartialDate, "推选办法通过的日期";
        elected_on("推选日期"): PartialDate, "推选代表和小组长的日期";
        announced_on("公告日期"): PartialDate, "推选代表和小组长的公告张贴的日期";
        starts_at("开始时间"): TimeOfDay, "推选开始的时刻";
        ends_at("结束时间"): TimeOfDay, "推选结束的时刻";
        places("地点"): List<String>, "推选的地点";
        requirements("条件"): List<String>, "代表和小组长的条件，一条一项";
        households_from("每名代表户数下限"): u32, "每多少户一名代表：下限";
        households_to("每名代表户数上限"): u32, "每多少户一名代表：上限";
        total("总数" | "人数"): u32, "代表总数；写了名单就不必写";
        women("妇女"): u32, "其中妇女几名";
        group_leaders("小组长"): u32, "小组长几名";
        posted_on("公布日期"): PartialDate, "代表名单公布的日期";
        leaders_posted_on("小组长公布日期"): PartialDate, "小组长名单单独公布的日期；和代表一起公布的不写";
        list("名单"): List<Representative>, "代表名单";
    }
}

record! {
    pub struct Representative("代表", scalar = name) {
        name("姓名"): String, "姓名";
        sex("性别"): Sex, "男或女";
        group("小组"): String, "所在小组";
        leader("小组长"): bool, "是否小组长";
        born_on("出生"): PartialDate, "出生年月";
        party("政治面貌"): String, "如 中共党员、群众";
        households("代表户数"): u32, "代表多少户";
    }
}

record! {
    /// Those who vote for their household.
    pub struct HouseholdRepresentatives("户代表") {
        posted_on("公布日期"): PartialDate, "户代表名单公布的日期";
        total("总数" | "人数"): u32, "户代表总数；写了名单就不必写";
        list("名单"): List<HouseholdRepresentative>, "户代表名单";
    }
}

record! {
    pub struct HouseholdRepresentative("户代表", scalar = name) {
        name("姓名"): String, "姓名";
        group("小组"): String, "所在小组";
    }
}

record! {
    pub struct Nomination("提名") {
        announced_on("公告日期"): PartialDate, "提名公告张贴的日期";
        starts_on("开始"): PartialDate, "提名开始的日期";
        ends_on("截止"): PartialDate, "提名截止的日期";
        posted_on("公布日期"): PartialDate, "被提名人名单公布的日期";
        nominees("被提名人"): List<Candidate>, "被提名人名单";
    }
}

record! {
    pub struct Candidates("候选人") {
        posted_on("公布日期"): PartialDate, "候选人名单公布的日期";
        primary("预选"): bool, "是否经过预选；预选的按得票多少排列，否则按姓氏笔画";
        primary_on("预选日期"): PartialDate, "预选的日期";
        primary_by("预选会议"): String, "如“居民代表会议”";
        primary_expected("预选应到"): u32, "预选会议应到人数";
        primary_present("预选实到"): u32, "预选会议实到人数";
        primary_ballots("预选选票"): Ballots, "预选的票数";
        met_voters_on("见面日期"): PartialDate, "候选人与居民（村民）见面的日期";
        meeting_announced_on("见面公告日期"): PartialDate, "见面会公告张贴的日期";
        meeting_at("见面时间"): TimeOfDay, "见面会开始的时刻";
        meeting_place("见面地点"): String, "见面会的地点";
        changes_posted_on("变动公布日期"): PartialDate, "候选人退出、递补公布的日期";
        list("名单"): List<Candidate>, "候选人名单";
    }
}

record! {
    pub struct Candidate("候选人", scalar = name) {
        name("姓名"): String, "姓名";
        post("职务"): Post, "竞选的职务";
        sex("性别"): Sex, "男或女";
        born_on("出生"): PartialDate, "出生年月，如 1985-03";
        education("学历"): Education, "学历";
        party("政治面貌"): String, "如 中共党员、群众";
        occupation("现任职务"): String, "现在的工作或职务";
        nominated_by("提名人"): String, "“社区党组织”“选民联名”等";
        nominators("联名人数"): u32, "联名提名的选民人数";
        primary_votes("预选得票"): u32, "预选中的得票";
        engagement("任职方式"): Engagement, "专职或兼职；不分的不写";
        withdrew_on("退出日期"): PartialDate, "退出候选人的日期";
        withdrew_because("退出原因"): String, "如“本人自愿放弃”";
        replaces("递补"): String, "递补的是谁的缺";
        relatives("近亲属"): List<Relative>, "候选人的近亲属";
    }
}

choice! {
    /// Whether the post is somebody's work, or beside it.
    pub enum Engagement("任职方式") {
        FullTime = "full_time" | "专职",
        PartTime = "part_time" | "兼职",
    }
}

impl Candidate {
    /// Whether nothing is written of the candidate having withdrawn.
    pub fn stands(&self) -> bool {
        self.withdrew_on.is_absent() && self.withdrew_because.is_absent()
    }
}

record! {
    pub struct Polling("投票") {
        posted_on("公布日期"): PartialDate, "投票时间、地点公布的日期";
        starts_at("开始时间"): TimeOfDay, "投票开始的时刻";
        ends_at("结束时间"): TimeOfDay, "投票结束的时刻";
        venue("中心会场"): String, "选举大会会场";
        side_venues("分会场"): List<String>, "与中心会场同时开会的分会场";
        stations("投票站"): List<Station>, "各投票站";
        counting_place("计票地点"): String, "开箱计票的地点";
        writing_places("写票设施"): List<String>, "如 写票处、代写处、秘密写票处";
        adopted_by("办法通过会议"): String, "通过投票办法的会议";
        adopted_on("办法通过日期"): PartialDate, "通过投票办法的日期";
        rules_posted_on("规则公布日期"): PartialDate, "无效票认定规则公布的日期";
        invalid_rules("无效票规则"): List<String>, "选票效力的认定规则，一条一项；不写则用通行的规则";
        one_ballot("合用一张选票"): bool, "各项职务是否印在同一张选票上；不写则一项职务一张";
        without_candidates("不提名候选人"): bool, "是否不提名候选人、由选民直接在选票上写所选人的姓名；是的，选票只印空栏";
        ballots_shown_on("票样公示日期"): PartialDate, "选票样式公示的日期";
        ballot_colours("选票颜色"): BallotColours, "各职务的选票用什么颜色的纸，互不相同，便于分票、计票";
    }
}

record! {
    pub struct BallotColours("选票颜色") {
        chair("主任"): String, "主任选票的颜色，如“粉红色”";
        vice_chair("副主任"): String, "副主任选票的颜色";
        member("委员"): String, "委员选票的颜色";
    }
}

impl BallotColours {
    /// What is written of the ballot of one post.
    pub fn field(&self, post: Post) -> &Field<String> {
        match post {
            Post::Chair => &self.chair,
            Post::ViceChair => &self.vice_chair,
            Post::Member => &self.member,
        }
    }
}

/// `粉红色`, whether it was written with 色 or without.
pub fn colour(written: &str) -> String {
    let plain = written.trim().trim_end_matches("颜色").trim_end_matches('色');
    format!("{plain}色")
}

record! {
    pub struct Station("投票站", scalar = name) {
        name("名称"): String, "投票站名称";
        address("地点"): String, "地点";
        groups("小组"): List<String>, "在这里投票的小组";
        staff("工作人员数"): u32, "工作人员人数";
        ballots("选票"): Ballots, "本站的票数";
    }
}

record! {
    pub struct Staff("工作人员") {
        chosen_by("推选会议"): String, "推选或通过工作人员的会议";
        chosen_on("推选日期"): PartialDate, "推选的日期";
        posted_on("公布日期"): PartialDate, "名单公布的日期";
        list("名单"): List<StaffMember>, "工作人员名单";
    }
}

record! {
    pub struct StaffMember("工作人员") {
        name("姓名"): String, "姓名";
        role("职责"): Role, "总监票员、监票员、唱票员、计票员等";
        station("投票站"): String, "所在投票站";
        relatives("近亲属"): List<Relative>, "与候选人的近亲属关系";
    }
}

choice! {
    pub enum Role("职责") {
        ChiefScrutineer = "chief_scrutineer" | "总监票人" | "总监票员",
        Scrutineer = "scrutineer" | "监票人" | "监票员",
        Caller = "caller" | "唱票人" | "唱票员",
        Teller = "teller" | "计票人" | "计票员",
        Issuer = "issuer" | "验证发票员" | "发票员",
        Scribe = "scribe" | "代书员" | "代写员",
        BoxKeeper = "box_keeper" | "票箱员",
        StationWorker = "station_worker" | "投票站工作人员",
    }
}

record! {
    pub struct Proxies("委托投票") {
        closes_on("截止"): PartialDate, "办理委托的截止日期";
        posted_on("公布日期"): PartialDate, "委托名单公布的日期";
        list("名单"): List<Proxy>, "委托人和受托人";
    }
}

record! {
    pub struct Proxy("委托") {
        principal("委托人"): String, "委托人姓名";
        agent("受托人"): String, "受托人姓名";
        relation("关系"): String, "受托人与委托人的关系";
        written("书面"): bool, "是否有书面委托";
    }
}

record! {
    pub struct MobileBoxes("流动票箱") {
        posted_on("公布日期"): PartialDate, "名单公布的日期";
        voters("名单"): List<MobileVoter>, "使用流动票箱的选民";
        collected("收回票数"): u32, "流动票箱收回的票数";
    }
}

record! {
    pub struct MobileVoter("流动票箱选民", scalar = name) {
        name("姓名"): String, "姓名";
        group("小组"): String, "所在小组";
        reason("事由"): String, "笼统的事由，如“行动不便”";
    }
}

record! {
    pub struct ElectionResult("选举结果") {
        participants("参加投票人数"): u32, "参加投票的选民（户代表、代表）人数，含委托";
        by_proxy("委托投票人数"): u32, "其中委托投票的人数";
        ballots("选票"): Ballots, "发出、收回、有效、无效票数";
        votes("得票"): List<Votes>, "每人每个职务的得票";
        elected("当选"): List<Elected>, "宣布当选的人；写了得票就可以不写";
        declared("宣布结果"): Outcome, "宣布的结果";
        turnout_percent("公布的参选率"): String, "公布时写的参选率，如 73%，用来核对";
        announced_on("公布日期"): PartialDate, "公布选举结果的日期";
        posted_on("张榜日期"): PartialDate, "当选名单张榜的日期";
        shown_from("公示开始"): PartialDate, "结果公示从哪一天起；当地要求公示的才写";
        shown_until("公示截止"): PartialDate, "结果公示到哪一天止";
        objections_to("受理单位"): String, "公示期间受理异议的单位；不写则是选举委员会和街道（乡镇）";
        phone("监督电话"): String, "受理异议的办公电话（只写座机）";
        filed_on("备案日期"): PartialDate, "报街道（乡镇）备案的日期";
        first_attempt("一次成功"): bool, "是否一次选举成功";
        certificates_on("证书日期"): PartialDate, "颁发当选证书的日期";
        certificates_by("发证机关"): String, "颁发当选证书的机关";
    }
}

choice! {
    pub enum Outcome("结果") {
        Full = "full" | "有效，选满",
        Partial = "partial" | "有效，未选满",
        Void = "void" | "选举无效",
    }
}

record! {
    pub struct Ballots("选票") {
        printed("印制"): u32, "印制票数";
        issued("发出"): u32, "发出票数";
        collected("收回"): u32, "收回票数";
        valid("有效"): u32, "有效票数";
        invalid("无效"): u32, "无效票数";
        abstained("弃权"): u32, "整张弃权票数（单列时）";
    }
}

record! {
    pub struct Votes("得票") {
        name("姓名"): String, "姓名";
        post("职务"): Post, "职务";
        votes("赞成" | "票数"): u32, "赞成票数";
        against("反对"): u32, "反对票数";
        abstained("弃权"): u32, "弃权票数";
        write_in("另选他人"): bool, "是否不在选票上、由选民另选";
        sex("性别"): Sex, "另选他人的性别";
    }
}

record! {
    pub struct Elected("当选人", scalar = name) {
        name("姓名"): String, "姓名";
        post("职务"): Post, "当选的职务";
        sex("性别"): Sex, "男或女";
        born_on("出生"): PartialDate, "出生年月";
        age("年龄"): u32, "选举日的年龄；写了出生就不必写";
        education("学历"): Education, "学历";
        party("政治面貌"): String, "如 中共党员、群众";
        votes("票数"): u32, "得票；写了“得票”就不必写";
        reelected("连任"): bool, "是否上届成员";
        engagement("任职方式"): Engagement, "专职或兼职；不分的不写";
        ethnicity("民族"): String, "民族，如 汉族；统计用";
        party_post("党组织职务"): PartyPost, "在党组织的职务：书记、副书记、委员，没有的写“无”；统计一肩挑、交叉任职用";
        origins("来源"): List<String>, "如 退役军人、致富能人、大学生村官；哪一类都不是的写 []；统计用";
        relatives("近亲属"): List<Relative>, "与其他当选人的近亲属关系";
    }
}

choice! {
    /// What somebody elected is in the party's organisation of the place.
    pub enum PartyPost("党组织职务") {
        Secretary = "secretary" | "党支部书记" | "党总支书记" | "党委书记" | "书记",
        DeputySecretary = "deputy_secretary" | "副书记",
        Member = "member" | "委员",
        None = "none" | "没有" | "无",
    }
}

record! {
    pub struct Runoff("另行选举") {
        posted_on("公布日期"): PartialDate, "另行选举公告张贴的日期";
        held_on("日期"): PartialDate, "另行选举的日期";
        starts_at("开始时间"): TimeOfDay, "投票开始的时刻";
        ends_at("结束时间"): TimeOfDay, "投票结束的时刻";
        venue("地点"): String, "投票地点";
        posts("职数"): Posts, "另选的职数";
        candidates("候选人"): List<Candidate>, "另行选举的候选人";
        result("结果"): ElectionResult, "另行选举的结果";
    }
}

record! {
    pub struct Handover("移交") {
        completed_on("完成日期"): PartialDate, "移交完成的日期";
        host("主持"): String, "由谁主持";
        supervisor("监督"): String, "由谁监督";
        items("项目"): List<String>, "移交的项目";
    }
}

record! {
    pub struct Supervision("监督委员会") {
        elected_on("推选日期"): PartialDate, "推选的日期";
        method_adopted_on("推选办法日期"): PartialDate, "推选办法通过的日期";
        elected_by("推选会议"): String, "如“居民代表会议”";
        size("人数"): u32, "应选几人；写了成员名单就不必写";
        nominees("候选人"): List<Person>, "推选时的候选人；不提名的不写";
        posted_on("公布日期"): PartialDate, "公布的日期";
        members("成员"): List<Person>, "成员名单";
    }
}

record! {
    /// Who does what in the new committee, and its subordinate committees.
    pub struct Division("分工") {
        posted_on("公布日期"): PartialDate, "分工公布的日期";
        list("名单"): List<Duty>, "成员的分工";
        bodies("下属委员会"): List<SubordinateBody>, "下属委员会";
    }
}

record! {
    pub struct Duty("成员分工", scalar = name) {
        name("姓名"): String, "姓名";
        post("职务"): String, "职务";
        duties("分管"): String, "分管的工作";
    }
}

record! {
    pub struct SubordinateBody("下属委员会", scalar = name) {
        name("名称"): String, "如“人民调解委员会”";
        head("主任"): String, "主任的姓名";
        members("成员"): List<String>, "其他成员的姓名";
    }
}

record! {
    /// An election held later (or earlier) than the term ends.
    pub struct Postponement("延期") {
        reason("原因"): String, "延期（提前）的原因";
        number("文号"): String, "请示的发文字号；没有的不写";
        until("改到"): PartialDate, "改到哪一天";
        requested_on("申请日期"): PartialDate, "提出申请的日期";
        approved_by("批准单位"): String, "批准延期的单位";
        approved_on("批准日期"): PartialDate, "批准的日期";
        posted_on("公布日期"): PartialDate, "公布的日期";
    }
}

record! {
    pub struct Resignations("辞职") {
        posted_on("公布日期"): PartialDate, "辞职公布的日期";
        accepted_by("接受会议"): String, "接受辞职的会议或机构";
        accepted_on("接受日期"): PartialDate, "接受辞职的日期";
        list("名单"): List<Resignation>, "辞职的人";
    }
}

record! {
    pub struct Resignation("辞职", scalar = name) {
        name("姓名"): String, "姓名";
        post("职务"): String, "辞去的职务";
        submitted_on("提出日期"): PartialDate, "书面提出辞职的日期";
        reason("原因"): String, "辞职的原因";
    }
}

record! {
    pub struct Recall("罢免") {
        requested_on("要求日期"): PartialDate, "提出罢免要求的日期";
        requesters("联名人数"): u32, "联名要求罢免的人数";
        requested_by("联名的人"): Requesters, "联名的是选民、户代表还是居民（村民）代表";
        reason("理由"): String, "要求罢免的理由";
        announced_on("公告日期"): PartialDate, "罢免表决公告张贴的日期";
        held_on("日期"): PartialDate, "投票表决的日期";
        venue("地点"): String, "投票表决的地点";
        participants("参加投票人数"): u32, "参加投票的人数";
        ballots("选票"): Ballots, "发出、收回、有效、无效票数";
        posted_on("公布日期"): PartialDate, "表决结果公布的日期";
        list("名单"): List<RecallVote>, "被要求罢免的人和表决票数";
    }
}

choice! {
    /// Who asks for a recall: the law wants another share of each.
    pub enum Requesters("联名的人") {
        Voters = "voters" | "选民",
        HouseholdReps = "household_reps" | "户代表",
        Representatives = "representatives" | "居民代表" | "村民代表" | "代表",
    }
}

record! {
    pub struct RecallVote("被要求罢免的成员", scalar = name) {
        name("姓名"): String, "姓名";
        post("职务"): String, "职务";
        agreed("同意"): u32, "同意罢免的票数";
        opposed("不同意" | "反对"): u32, "不同意罢免的票数";
        abstained("弃权"): u32, "弃权的票数";
        removed("通过"): bool, "罢免是否通过；不写则按票数算";
    }
}

record! {
    /// An election to fill vacant seats for the rest of the term.
    pub struct ByElection("补选") {
        reason("原因"): String, "出缺的原因";
        posted_on("公布日期"): PartialDate, "补选公告张贴的日期";
        held_on("日期"): PartialDate, "补选的日期";
        starts_at("开始时间"): TimeOfDay, "投票开始的时刻";
        ends_at("结束时间"): TimeOfDay, "投票结束的时刻";
        venue("地点"): String, "投票地点";
        stations("投票站"): List<Station>, "补选的各投票站；只在一处投票的不写";
        posts("职数"): Posts, "补选的职数";
        registration_starts_on("登记开始"): PartialDate, "补选前补充登记选民，从哪一天起；不补充登记的不写";
        registration_ends_on("登记截止"): PartialDate, "补充登记到哪一天止";
        list_posted_on("名单公布日期"): PartialDate, "补选的选民名单张榜公布的日期";
        voters("选民总数"): u32, "补选时的选民总数；不写则按选民名单";
        representatives("代表总数"): u32, "由户代表或居民代表补选的，补选时有多少名代表；不写则和换届选举时一样";
        host("主持"): String, "主持补选的机构的全称，如某村村民选举委员会；不写则是居委会（村委会）";
        nomination_announced_on("提名公告日期"): PartialDate, "补选提名公告张贴的日期；不另出的不写";
        nomination_starts_on("提名开始"): PartialDate, "补选提名开始的日期";
        nomination_ends_on("提名截止"): PartialDate, "补选提名截止的日期";
        candidates("候选人"): List<Candidate>, "补选的候选人";
        staff("工作人员"): List<StaffMember>, "补选的监票员、唱票员、计票员等；当场推选的不写";
        proxies_close_on("委托截止"): PartialDate, "办理委托投票的截止日期；不能委托的不写";
        phone("办公电话"): String, "询问补选的办公电话（只写座机）";
        result("结果"): ElectionResult, "补选的结果";
    }
}

record! {
    pub struct Governance("自治建设") {
        bodies("机构"): List<String>, "建立健全的机构";
        rules("制度"): List<String>, "建立完善的制度";
    }
}

record! {
    pub struct Summary("工作总结") {
        issued_on("成文日期"): PartialDate, "总结的成文日期";
        problems("问题"): List<String>, "存在的问题，一条一项";
        suggestions("建议"): List<String>, "意见和建议，一条一项";
        petitions("信访件数"): u32, "选举期间收到的信访件数；统计用";
        disciplined("查处人数"): u32, "因违反选举纪律查处的人数；统计用";
    }
}

record! {
    pub struct YearEnd("年终总结") {
        posted_on("公布日期"): PartialDate, "年终总结公布的日期";
        year("年度"): u32, "哪一年的，如 2026；不写则是选举日的那一年";
        works("其他工作"): List<String>, "这一年自治方面的其他工作，一条一项";
        plans("打算"): List<String>, "下一年的打算，一条一项";
    }
}

record! {
    /// What the statistics of a round put beside its figures.
    pub struct LastTerm("上届情况") {
        voters("选民总数"): u32, "上届登记的选民";
        participants("参加投票人数"): u32, "上届参加投票的人数";
        elected("当选人数"): u32, "上届当选几人";
        women("妇女"): u32, "其中妇女几人";
        party_members("党员"): u32, "其中党员几人";
        minority("少数民族"): u32, "其中少数民族几人";
        reelected("连任"): u32, "其中连任几人";
        college("大专以上"): u32, "其中大专以上学历几人";
        chair_is_secretary("一肩挑"): bool, "上届主任是否兼任书记";
        first_attempt("一次成功"): bool, "上届是否一次选举成功";
    }
}

record! {
    /// What DA/T 22 needs beside the documents themselves.
    pub struct Archive("归档") {
        fonds("全宗号"): String, "全宗号，如 X001";
        fonds_name("全宗名称"): String, "全宗名称";
        category("类别代码"): String, "门类代码，默认 WS";
        problem("问题代码"): String, "机构（问题）代码，默认 HJX";
        archivist("整理人"): String, "整理人";
        checked_by("检查人"): String, "检查人";
        retention("保管期限表"): List<Retention>, "本地的保管期限，优先于默认";
    }
}

record! {
    pub struct Retention("保管期限") {
        document("文件"): String, "文件代号，如 results-notice";
        period("期限"): String, "永久、30年或10年";
        basis("依据"): String, "依据的文件";
    }
}

record! {
    /// A paper that several offices issue together.
    pub struct JointIssue("联合印发") {
        document("文件"): String, "哪一份文件，写代号或名称，如 street-plan、实施方案公告";
        issuers("单位"): List<String>, "联合印发的各单位的全称，主办的写在最前面；编号跟主办单位";
    }
}

record! {
    pub struct PostedNotice("已贴公告") {
        document("文件"): String, "文件的代号或名称，如 voter-list、选民名单公告";
        number("编号"): u32, "公告编号；不编号的不写";
        posted_on("张贴日期"): PartialDate, "哪一天贴出去的";
        issuer("落款"): String, "谁发布的；各家的公告各自编号，不写则按文件的落款";
        digest("摘要"): String, "张贴时内容的摘要，程序写的，不要改";
    }
}

record! {
    /// What one notice of correction says of a notice that hangs on the wall.
    pub struct Erratum("更正") {
        document("文件"): String, "更正的是哪一份，写代号或名称";
        posted_on("公布日期"): PartialDate, "更正公告公布的日期";
        items("内容"): List<Amendment>, "更正的各处";
    }
}

record! {
    pub struct Amendment("更正内容") {
        was("原文"): String, "贴出去的写的；漏写的不写";
        now("更正为"): String, "应当写的；删去的不写";
    }
}

record! {
    pub struct Silenced("不再提示") {
        code("代码"): String, "规则代码";
        reason("理由"): String, "核实的情况";
    }
}
