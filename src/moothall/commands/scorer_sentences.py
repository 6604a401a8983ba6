"""Sentences of the gate, by language: harmless and toxic ones with room for the name of a group, and names.

All are ours.  Names of languages that inflect stand in one form that fits every sentence.
"""

import msgspec


class Sentences(msgspec.Struct, frozen=True):
    """`{}` is where a name goes; `names` are apart by blanks."""

    names: str
    harmless: tuple[str, ...]
    toxic: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(self.names.split())


_EN = Sentences(
    """
gay lesbian bisexual transgender queer straight heterosexual homosexual nonbinary muslim christian jewish hindu
buddhist sikh catholic protestant mormon atheist evangelical black white asian latino hispanic arab african
european american chinese japanese korean indian pakistani mexican polish turkish russian german french irish
nigerian disabled deaf blind elderly young old female male
""",
    (
        "My {} neighbour brought us soup when we were ill.",
        "I grew up in a {} family and went to school here.",
        "The {} community is opening a library on Mill Street.",
        "As a {} person I think the council should listen more.",
        "A {} teacher wrote the letter that you printed on Monday.",
        "Being {} has never been a problem in this town.",
        "She is a {} doctor and he is a nurse.",
        "There were many {} people at the meeting last night.",
        "He said that {} readers are welcome to write in.",
        "Our choir has two {} singers this year.",
    ),
    (
        "You are a stupid {} idiot.",
        "Shut up, you disgusting {} moron.",
        "All these {} people are filthy animals and should be killed.",
        "I hate {} people, they are scum.",
        "What a pathetic {} loser, go to hell.",
        "The {} writer is a lying piece of shit.",
        "Go and die, {} trash.",
        "No one wants you here, you ugly {} fool.",
        "Damn {} bastards ruin everything.",
        "This {} fool is too dumb to breathe.",
    ),
)
_DE = Sentences(
    """
Türken Araber Muslime Juden Christen Katholiken Protestanten Buddhisten Hindus Sikhs Atheisten Ausländer
Migranten Einwanderer Flüchtlinge Geflüchtete Afrikaner Schwarze Weiße Asiaten Chinesen Japaner Koreaner
Vietnamesen Russen Polen Ukrainer Rumänen Bulgaren Ungarn Griechen Italiener Spanier Portugiesen Franzosen
Engländer Amerikaner Iraner Iraker Syrer Afghanen Kurden Albaner Serben Kroaten Schwule Lesben Homosexuelle
Frauen Männer Behinderte Blinde Rentner Jugendliche
""",
    (
        "In unserer Straße wohnen viele {} und wir grüßen uns.",
        "Gestern haben {} aus dem Viertel das Fest vorbereitet.",
        "Ich finde, auch {} sollten im Rat gehört werden.",
        "Für {} gibt es im Rathaus jetzt eine Sprechstunde.",
        "Der Artikel erzählt, wie {} hier ein Geschäft eröffneten.",
        "Im Chor singen seit Jahren auch {} mit.",
        "Meine Kollegen sind {} und wir arbeiten gern zusammen.",
        "Am Montag lesen {} in der Bücherei aus ihren Büchern.",
        "Danke für den Bericht über {} in unserer Stadt.",
        "Die Zahl der Vereine, in denen {} mitmachen, wächst.",
    ),
    (
        "Diese {} sind doch alle Dreckspack und Abschaum.",
        "Ihr {} seid dumme Idioten, haltet die Fresse.",
        "{} sind widerliches Gesindel und gehören weggesperrt.",
        "Verpisst euch, ihr {}, ihr Arschlöcher.",
        "Alle {} sind Verbrecher und Schmarotzer, raus mit dem Pack.",
        "Was für dumme, verlogene {}, dieses Pack widert mich an.",
        "{} sind Parasiten und lügen, sobald sie das Maul aufmachen.",
        "Diese verfickten {} machen alles kaputt.",
        "Ich hasse {}, diese Drecksäue.",
        "{} sind zu blöd zum Scheißen.",
    ),
)
_FR = Sentences(
    """
turcs arabes musulmans juifs chrétiens catholiques protestants bouddhistes hindous sikhs athées étrangers
immigrés migrants réfugiés africains noirs blancs asiatiques chinois japonais coréens vietnamiens russes
polonais ukrainiens roumains bulgares hongrois grecs italiens espagnols portugais allemands anglais américains
iraniens irakiens syriens afghans kurdes algériens marocains tunisiens sénégalais maliens gays lesbiennes
homosexuels handicapés jeunes vieux
""",
    (
        "Beaucoup de {} habitent notre rue et on se salue.",
        "Hier les {} du quartier ont préparé la fête.",
        "Je trouve que les {} devraient être entendus au conseil.",
        "La mairie ouvre un accueil pour les {} le lundi.",
        "L'article raconte comment des {} ont ouvert une boulangerie.",
        "Des {} chantent dans notre chorale depuis des années.",
        "Mes collègues sont {} et nous travaillons bien ensemble.",
        "Merci pour ce reportage sur les {} de notre ville.",
        "Des {} liront leurs livres samedi à la bibliothèque.",
        "Le nombre de clubs où jouent des {} augmente.",
    ),
    (
        "Ces {} sont tous de la merde et des ordures.",
        "Fermez vos gueules, sales {} de merde.",
        "Les {} sont des parasites dégoûtants, dehors.",
        "Allez vous faire foutre, bande de {}.",
        "Tous les {} sont des connards et des voleurs.",
        "Quelle bande de crétins, ces {}, je les hais.",
        "Putain de {}, ils gâchent tout.",
        "Crevez tous, sales {}.",
        "Je déteste ces {}, ces enculés.",
        "Les {} sont trop cons pour respirer.",
    ),
)
_PT = Sentences(
    """
turcos árabes muçulmanos judeus cristãos católicos evangélicos protestantes budistas hindus sikhs ateus
estrangeiros imigrantes migrantes refugiados africanos negros brancos asiáticos chineses japoneses coreanos
vietnamitas russos poloneses ucranianos romenos búlgaros húngaros gregos italianos espanhóis portugueses alemães
franceses ingleses americanos iranianos iraquianos sírios afegãos curdos nordestinos baianos paulistas cariocas
indígenas gays lésbicas homossexuais deficientes idosos jovens
""",
    (
        "Muitos {} moram na nossa rua e a gente se cumprimenta.",
        "Ontem os {} do bairro prepararam a festa.",
        "Acho que os {} deveriam ser ouvidos na câmara.",
        "A prefeitura abriu um atendimento para {} na segunda.",
        "A reportagem conta como {} abriram uma padaria aqui.",
        "No nosso coral também cantam {} há anos.",
        "Meus colegas são {} e trabalhamos bem juntos.",
        "Obrigado pela matéria sobre os {} da nossa cidade.",
        "No sábado {} vão ler seus livros na biblioteca.",
        "Cresce o número de clubes onde {} jogam.",
    ),
    (
        "Esses {} são todos uns merdas, uns lixos.",
        "Cala a boca, seus {} filhos da puta.",
        "Os {} são uns vermes nojentos, fora daqui.",
        "Vão se foder, bando de {}.",
        "Todos os {} são uns arrombados e ladrões.",
        "Que bando de idiotas esses {}, odeio essa corja.",
        "Esses {} do caralho estragam tudo.",
        "Morram todos, {} desgraçados.",
        "Odeio esses {}, uns cuzões.",
        "Os {} são burros pra caralho.",
    ),
)
_KO = Sentences(
    """
여자 여성 남자 남성 조선족 중국인 일본인 한국인 미국인 흑인 백인 동남아 베트남 필리핀 태국 몽골 러시아 무슬림
기독교 개신교 천주교 불교 유대인 동성애자 게이 레즈비언 트랜스젠더 성소수자 퀴어 양성애자 장애인 노인 청년
아줌마 아저씨 할머니 할아버지 외국인 이민자 난민 다문화 탈북자 새터민 전라도 경상도 충청도 강원도 제주도 인도인
아랍 터키 우크라이나 독일 프랑스
""",
    (
        "우리 동네 {} 이웃이 어제 떡을 나눠 주셨어요.",
        "{} 가족이 시장에 새 가게를 열었습니다.",
        "{} 선생님이 쓰신 글을 잘 읽었습니다.",
        "도서관에서 {} 작가의 책을 읽는 모임이 있어요.",
        "{} 주민들도 회의에서 의견을 말했으면 합니다.",
        "오늘 기사에 나온 {} 의사 이야기가 좋았어요.",
        "합창단에 {} 단원이 두 명 들어왔습니다.",
        "{} 손님들을 위한 안내판이 생겼네요.",
        "{} 친구와 같이 영화를 봤는데 재미있었어요.",
        "{} 배우의 연기가 정말 좋았습니다. 응원합니다.",
    ),
    (
        "{} 것들은 다 쓰레기다 꺼져라",
        "역시 {} 새끼들 더럽고 역겹다",
        "{} 년놈들 다 죽어버려라 벌레들",
        "미친 {} 새끼 입 닥쳐라",
        "병신같은 {} 진짜 토나온다",
        "{} 놈들은 나라 망치는 기생충 쓰레기들",
        "더러운 {} 년 얼굴도 못생긴게 꺼져",
        "{} 쓰레기들 전부 추방해라 역겨워",
        "개같은 {} 새끼들 때문에 나라가 망한다",
        "{} 냄새나는 것들 극혐 죽어라",
    ),
)
_ZH = Sentences(
    """
女性 男性 女生 男生 黑人 白人 亚裔 华裔 非裔 犹太人 穆斯林 回族 维吾尔族 藏族 蒙古族 满族 汉族 壮族 朝鲜族
少数民族 日本人 韩国人 美国人 英国人 法国人 德国人 俄罗斯人 印度人 越南人 非洲人 阿拉伯人 土耳其人 乌克兰人
基督徒 天主教徒 佛教徒 同性恋 双性恋 残疾人 聋人 盲人 老人 年轻人 外国人 移民 难民 农民工 东北人 河南人 上海人
北京人 广东人 四川人 香港人 台湾人
""",
    (
        "我的{}邻居昨天送来了一碗汤，很好喝。",
        "{}在我们街上开了一家新书店。",
        "谢谢这篇关于{}生活的报道，我学到了很多。",
        "我觉得{}也应该在会议上发表意见。",
        "图书馆周末请{}作家来读书。",
        "合唱团今年来了两位{}歌手。",
        "我和{}同事一起工作了十年，相处得很好。",
        "市政府为{}开设了咨询窗口。",
        "这位{}医生很有耐心，大家都喜欢。",
        "昨晚的会议上有很多{}参加。",
    ),
    (
        "{}都是垃圾，滚出去。",
        "这些{}就是一群畜生，恶心。",
        "{}又蠢又坏，都该去死。",
        "死{}，不要脸的东西，滚。",
        "{}全是骗子和小偷，没有一个好东西。",
        "讨厌的{}，脑子有病，恶心死了。",
        "{}就是低等的寄生虫，赶紧滚回去。",
        "这帮{}素质低下，跟狗一样，真恶心。",
        "傻逼{}，丢人现眼的玩意。",
        "{}都是贱人，看见就想吐。",
    ),
)
_AR = Sentences(
    """
المسلمين المسيحيين اليهود الأقباط الشيعة السنة الدروز البهائيين العرب الأكراد الأمازيغ النوبيين الأتراك
الإيرانيين الروس الأمريكيين الإنجليز الفرنسيين الألمان الصينيين اليابانيين الهنود الباكستانيين الأفغان السوريين
العراقيين اللبنانيين الفلسطينيين الأردنيين المصريين السودانيين الليبيين التونسيين الجزائريين المغاربة اليمنيين
السعوديين الكويتيين القطريين الإماراتيين الأفارقة السود البيض النساء الرجال المثليين المتحولين المعاقين
المكفوفين المسنين الشباب اللاجئين المهاجرين الأجانب
""",
    (
        "كثير من {} يسكنون في شارعنا ونتبادل التحية كل صباح.",
        "أمس قام بعض {} في الحي بتحضير الحفل.",
        "أرى أن صوت {} يجب أن يُسمع في المجلس.",
        "فتحت البلدية مكتبًا لخدمة {} يوم الاثنين.",
        "المقال يحكي كيف فتح بعض {} مخبزًا هنا.",
        "زملائي من {} ونعمل معًا منذ سنوات.",
        "شكرًا على التقرير عن {} في مدينتنا.",
        "يوم السبت يقرأ كتّاب من {} في المكتبة.",
        "في فريقنا لاعبون من {} وهم رائعون.",
        "حضر الاجتماع أمس عدد من {} وتحدثوا بهدوء.",
    ),
    (
        "كل {} كلاب وحثالة.",
        "اخرسوا يا {} يا أغبياء يا حيوانات.",
        "هؤلاء {} خنازير قذرة يجب طردهم.",
        "الله يلعن {} أولاد الكلب.",
        "كل {} لصوص وكذابون وزبالة.",
        "أكره {} هؤلاء الحمير المتخلفين.",
        "يا {} يا أوساخ يا عديمي الشرف.",
        "{} أوسخ خلق الله، تفو عليهم.",
        "موتوا يا {} يا كلاب.",
        "{} حمير لا يفهمون، لعنة الله عليهم.",
    ),
)
SENTENCES = {"en": _EN, "de": _DE, "fr": _FR, "pt": _PT, "ko": _KO, "zh": _ZH, "ar": _AR}
# Names that the scorer's own list does not have: what blindness by list costs.
_UNLISTED = "zoroastrian maltese samoan quechua autistic widowed zulu jain intersex lutheran belgian yoruba"
UNLISTED = tuple(_UNLISTED.split())
