"""Names of groups, by language.  Neutral ones only: a slur is not a name, and keeps its weight.

Of languages that inflect, stems.
"""

NAMES = {
    "en": """
aboriginal african african-american afro american amish arab armenian asian asylum-seeker atheist australian
bisexual black blind brazilian british brown buddhist canadian caribbean catholic caucasian chinese christian
cuban deaf disabled dutch dyslexic egyptian elderly ethiopian european evangelical female feminist filipino
foreigner french gay german greek gypsy haitian hebrew heterosexual hindu hispanic homeless homosexual hungarian
immigrant indian indigenous indonesian iranian iraqi irish islamic israeli italian jamaican japanese jew jewish
kenyan korean kurd kurdish latina latino latinx lebanese lesbian lgbt lgbtq lgbtqia male mexican mennonite
middle-eastern migrant millennial moroccan mormon muslim native nigerian nonbinary non-binary old older
pakistani palestinian paralysed paralyzed persian polish portuguese protestant puerto-rican queer refugee roma
romani romanian russian scottish sikh somali spanish straight swedish syrian taoist teenage trans transgender
transsexual transgendered traveller turkish turk ukrainian veteran vietnamese welsh white young younger
""",
    "de": """
türk araber arabisch muslim moslem islam jude jüdisch christ katholi evangelisch protestant buddhist hindu sikh
atheist ausländer ausländisch migrant einwander zuwander flüchtling geflüchtet asylbewerber afrika schwarz weiß
asiat chines japan korean vietnames russ pole polnisch ukrain rumän bulgar ungar griech italien spani portugies
franzos französisch engländer englisch amerikan iran irak syr afghan kurd alban serb kroat bosni roma sinti
schwul lesb homosex bisex trans queer frau mann männer mädchen junge jungs behindert blind taub gehörlos autist
alte rentner senior jugend deutsch ossi wessi bayer sachse feminist israel palästin dänisch däne holländ
niederländ nordafrika nigerian marokk tunes algeri
""",
    "fr": """
turc turque arabe musulman islam juif juive chrétien catholiqu protestant évangéliqu bouddhist hindou sikh athée
étranger immigr migrant réfugié africain noir blanc asiatiqu chinois japonais coréen vietnamien russe polonais
ukrainien roumain bulgare hongrois grec italien espagnol portugais allemand anglais américain iranien irakien
syrien afghan kurde algérien marocain tunisien maghrébin sénégalais malien rom roms tsigane gay lesbien
homosexuel bisexuel trans queer femme homme fille garçon handicap aveugle sourd autist vieux vieille retrait
jeune senior français belge suisse féminist israélien palestinien nigérian albanais serbe libanais
""",
    "pt": """
turc árabe muçulman islã islâm judeu judia judaic cristã cristão católic evangélic protestant budist hindu sikh
ateu ateia estrangeir imigrant migrant refugiad african negr pret branc asiátic chines japones corean vietnamit
russ polones polac ucranian romen búlgar húngar greg italian espanhol portugu alemã alemão frances ingles
american iranian iraquian síri afegã afegão curd nordestin baian paulist carioc gaúch indígen índi cigan gay
lésbic homossexu bissexu trans queer mulher homem homens menin garot deficient ceg surd autist velh idos jovem
jovens aposentad brasileir argentin venezuelan bolivian haitian feminist israel palestin mineir
""",
    "ko": """
여자 여성 남자 남성 조선족 중국 일본 한국인 미국 흑인 백인 동남아 베트남 필리핀 태국 몽골 러시아 이슬람 무슬림
기독교 개신교 천주교 불교 유대인 동성애 게이 레즈비언 트랜스젠더 성소수자 퀴어 양성애 장애인 노인 청년 어르신
아줌마 아저씨 할머니 할아버지 외국인 이민자 난민 다문화 탈북자 새터민 전라도 경상도 충청도 강원도 제주도 호남
영남 대구 광주 부산 인도인 아랍 터키 우크라이나 독일 프랑스 영국 학생 청소년 북한 페미니스트 조선인 홍콩 대만
힌두교 이주민 고령자 미혼모 이혼녀
""",
    "zh": """
女人 女性 男人 男性 女生 男生 女孩 男孩 女权 黑人 白人 亚裔 华裔 非裔 犹太 穆斯林 回族 维吾尔 藏族 蒙古 满族
汉族 壮族 朝鲜族 少数民族 日本 韩国 美国 英国 法国 德国 俄罗斯 印度 越南 非洲 拉丁 阿拉伯 土耳其 乌克兰 基督
天主教 佛教 伊斯兰 同性恋 双性恋 跨性别 女同 男同 残疾 聋人 盲人 老人 年轻人 外国人 移民 难民 农民工 东北 河南
上海 北京 广东 四川 香港 台湾 湖北 武汉 新疆 西藏 外地人 本地人 南方 北方 山东 山西 陕西 江苏 浙江 福建 安徽
江西 湖南 广西 云南 贵州 海南 天津 重庆 河北 内蒙 黑龙江 吉林 辽宁 甘肃 青海 宁夏 深圳 广州 女司机 妇女 老年
黑种 白种 黄种 亚洲 欧洲 中国人
""",
    "ar": """
مسلم مسيح يهود قبط أقباط شيع سني سنة دروز بهائ عرب كرد أكراد أمازيغ نوب ترك أتراك إيران فرس روس أمريك إنجليز
فرنس ألمان صين يابان هند هنود باكستان أفغان سوري عراق لبنان فلسطين أردن مصري سودان ليبي تونس جزائر مغرب مغارب
يمن سعود كويت قطر إمارات أفريق أفارق سود بيض نساء امرأة مرأة نسوي رجال رجل مثلي متحول معاق أصم مكفوف مسن شباب
لاجئ لاجئين مهاجر أجانب أجنبي إسلام إسرائيل بنات بنت عجائز أرمن
""",
}
