//! Traditional characters: those of headings, and the commonest of people's names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) const TRADITIONAL: &str = "選號碼別組隊戶齡關係證區編單員備註電話與歲屆無樓棟稱總數\
    陳張劉楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇盧鍾鐘陸範賈鄒龍賀龔嚴湯歐陽喬齊莊畢聶譚錢萬顧衛蔣呂魯韋紀麥倫藍閔鄔鮑費華\
    國樑東強偉傑軍紅蘭鳳麗蓮榮貴寶銀鐵鋼慶廣興學義禮誠實純賢愛鳴飛雲燈燦煒輝曉時書會業樹橋權歡漢濤潤澤瑩瑤環瓊發\
    禎穎筆級綠維綱緒繼續聖聰聲臨艷藝蕓視親觀記詩詠譽讓豐財貞賓資賜贊躍軒載達進運遠鄉釗鈞鋒錦鎮鏡長門開際雙\
    靈靜韻順頌領風養駿騰驥魚鵬鶴黨勝勳啟園圓堅壽夢奮嬌嬋寧岡島峽帥師幹懷曆棲氣滿煥爾獻瑪璽畫監祿穩競\
    遷過轉銷離異歸僑縣鄰參處罰獄羈癡瘋殘蹤殯絕棄複動務兒婦媽爺屬來辭墳誤報錯減個兩沒這認識還應為於從對後間見終墊辦僅讀給說請詢問題審決議納點該當靑淸囯冊";
const SIMPLIFIED: &str = "选号码别组队户龄关系证区编单员备注电话与岁届无楼栋称总数\
    陈张刘杨黄赵吴孙马罗郑谢许韩冯邓萧叶苏卢钟钟陆范贾邹龙贺龚严汤欧阳乔齐庄毕聂谭钱万顾卫蒋吕鲁韦纪麦伦蓝闵邬鲍费华\
    国梁东强伟杰军红兰凤丽莲荣贵宝银铁钢庆广兴学义礼诚实纯贤爱鸣飞云灯灿炜辉晓时书会业树桥权欢汉涛润泽莹瑶环琼发\
    祯颖笔级绿维纲绪继续圣聪声临艳艺芸视亲观记诗咏誉让丰财贞宾资赐赞跃轩载达进运远乡钊钧锋锦镇镜长门开际双\
    灵静韵顺颂领风养骏腾骥鱼鹏鹤党胜勋启园圆坚寿梦奋娇婵宁冈岛峡帅师干怀历栖气满焕尔献玛玺画监禄稳竞\
    迁过转销离异归侨县邻参处罚狱羁痴疯残踪殡绝弃复动务儿妇妈爷属来辞坟误报错减个两没这认识还应为于从对后间见终垫办仅读给说请询问题审决议纳点该当青清国册";

static PAIRS: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| TRADITIONAL.chars().zip(SIMPLIFIED.chars()).collect());

/// A text in simplified characters; what is not known stays.
pub(crate) fn simplified(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| PAIRS.contains_key(&c)) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| PAIRS.get(&c).copied().unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_each_character_with_its_own() {
        assert_eq!(TRADITIONAL.chars().count(), SIMPLIFIED.chars().count());
        assert!(SIMPLIFIED.chars().all(|simple| !PAIRS.contains_key(&simple)));
        assert_eq!(simplified("陳國樑"), "陈国梁");
        assert_eq!(simplified("選區編號"), "选区编号");
        assert_eq!(simplified("競"), "竞");
        assert!(matches!(simplified("张三"), Cow::Borrowed(_)));
    }
}
