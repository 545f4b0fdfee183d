"""The invented world's words: what the prose generator fills its sentences with.

Each line holds one thing in English, Russian and Belarusian, in the grammatical form its sentences
need, so that one choice gives the same story in all three languages.
"""

from __future__ import annotations

from typing import TypeAlias

Phrase: TypeAlias = tuple[str, str, str]
"""The same words in en, ru and be."""

# Where: `in Lida`.
PLACES: tuple[Phrase, ...] = (
    ("in Lida", "в Лиде", "у Лідзе"),
    ("in Babrujsk", "в Бобруйске", "у Бабруйску"),
    ("in Orša", "в Орше", "у Оршы"),
    ("in Pinsk", "в Пинске", "у Пінску"),
    ("in Hrodna", "в Гродно", "у Гродне"),
    ("in Viciebsk", "в Витебске", "у Віцебску"),
    ("in Mahiloŭ", "в Могилеве", "у Магілёве"),
    ("in Homiel", "в Гомеле", "у Гомелі"),
    ("in Brest", "в Бресте", "у Брэсце"),
    ("in Baranavičy", "в Барановичах", "у Баранавічах"),
    ("in Salihorsk", "в Солигорске", "у Салігорску"),
    ("in Maładziečna", "в Молодечно", "у Маладзечне"),
    ("in Barysaŭ", "в Борисове", "у Барысаве"),
    ("in Polack", "в Полоцке", "у Полацку"),
    ("in Słuck", "в Слуцке", "у Слуцку"),
    ("in Svietłahorsk", "в Светлогорске", "у Светлагорску"),
    ("in Rečyca", "в Речице", "у Рэчыцы"),
    ("in Žłobin", "в Жлобине", "у Жлобіне"),
    ("in Kobryn", "в Кобрине", "у Кобрыне"),
    ("in Vaŭkavysk", "в Волковыске", "у Ваўкавыску"),
    ("in Smarhoń", "в Сморгони", "у Смаргоні"),
    ("in Kalinkavičy", "в Калинковичах", "у Калінкавічах"),
    ("in Rahačoŭ", "в Рогачеве", "у Рагачове"),
    ("in Hłybokaje", "в Глубоком", "у Глыбокім"),
    ("in Lepiel", "в Лепеле", "у Лепелі"),
    ("in Stoŭbcy", "в Столбцах", "у Стоўбцах"),
    ("in Ivacevičy", "в Ивацевичах", "у Івацэвічах"),
    ("in Minsk", "в Минске", "у Мінску"),
)

# What a town has, as subject in English and as object in Russian and Belarusian.
TOWN_THINGS: tuple[Phrase, ...] = (
    ("district library", "районную библиотеку", "раённую бібліятэку"),
    ("old cinema", "старый кинотеатр", "стары кінатэатр"),
    ("bread factory", "хлебозавод", "хлебазавод"),
    ("dairy", "молочный комбинат", "малочны камбінат"),
    ("kindergarten", "детский сад", "дзіцячы сад"),
    ("maternity ward", "роддом", "радзільны дом"),
    ("river bridge", "мост через реку", "мост праз раку"),
    ("bus station", "автовокзал", "аўтавакзал"),
    ("evening school", "вечернюю школу", "вячэрнюю школу"),
    ("flax mill", "льнозавод", "льнозавод"),
    ("swimming pool", "бассейн", "басейн"),
    ("music school", "музыкальную школу", "музычную школу"),
    ("veterinary clinic", "ветеринарную станцию", "ветэрынарную станцыю"),
    ("central market", "центральный рынок", "цэнтральны рынак"),
    ("manor house", "усадебный дом", "сядзібны дом"),
    ("brick works", "кирпичный завод", "цагельны завод"),
    ("water tower", "водонапорную башню", "воданапорную вежу"),
    ("local museum", "краеведческий музей", "краязнаўчы музей"),
    ("fire station", "пожарную часть", "пажарную частку"),
    ("city stadium", "городской стадион", "гарадскі стадыён"),
    ("poultry farm", "птицефабрику", "птушкафабрыку"),
    ("printing house", "типографию", "друкарню"),
)
# What happened to it: English as participle; Russian and Belarusian impersonal.
TOWN_VERBS: tuple[Phrase, ...] = (
    ("closed", "закрыли", "зачынілі"),
    ("sold", "продали", "прадалі"),
    ("put up for auction", "выставили на аукцион", "выставілі на аўкцыён"),
    ("reopened", "снова открыли", "зноў адкрылі"),
    ("handed over to army", "передали военным", "перадалі вайскоўцам"),
    ("sealed off", "опечатали", "апячаталі"),
    ("cut off from heating", "отключили от тепла", "адключылі ад цяпла"),
    ("fined", "оштрафовали", "аштрафавалі"),
    ("renamed", "переименовали", "перайменавалі"),
    ("flooded", "затопило", "затапіла"),
)
TAILS: tuple[Phrase, ...] = (
    ("after inspection", "после проверки", "пасля праверкі"),
    ("because of debts", "из-за долгов", "праз даўгі"),
    ("until spring", "до весны", "да вясны"),
    ("without explanation", "без объяснений", "без тлумачэнняў"),
    ("for third time this year", "в третий раз за год", "трэці раз за год"),
    ("on eve of holidays", "накануне праздников", "напярэдадні святаў"),
    ("against residents’ wishes", "вопреки мнению жителей", "насуперак меркаванню жыхароў"),
    ("by court order", "по решению суда", "паводле рашэння суда"),
    ("six months late", "на полгода позже срока", "на паўгода пазней за тэрмін"),
    ("for lack of staff", "из-за нехватки кадров", "праз недахоп кадраў"),
)

MINISTRIES: tuple[Phrase, ...] = (
    ("Labor ministry", "Минтруда", "Мінпрацы"),
    ("Health ministry", "Минздрав", "Мінздароўя"),
    ("Economy ministry", "Минэкономики", "Мінэканомікі"),
    ("Education ministry", "Минобразования", "Мінадукацыі"),
    ("Transport ministry", "Минтранс", "Мінтранс"),
    ("Finance ministry", "Минфин", "Мінфін"),
    ("Agriculture ministry", "Минсельхозпрод", "Мінсельгасхарч"),
    ("Antitrust agency", "МАРТ", "МАРГ"),
    ("Central bank", "Нацбанк", "Нацбанк"),
    ("Energy ministry", "Минэнерго", "Мінэнерга"),
    ("Culture ministry", "Минкультуры", "Мінкультуры"),
    ("Information ministry", "Мининформ", "Мінінфарм"),
)
PROPOSES: tuple[Phrase, ...] = (
    ("proposes", "предлагает", "прапануе"),
    ("promises", "обещает", "абяцае"),
    ("refuses", "отказывается", "адмаўляецца"),
    ("plans", "собирается", "збіраецца"),
    ("gets approval", "получает разрешение", "атрымлівае дазвол"),
)
POLICIES: tuple[Phrase, ...] = (
    ("to cut loan interest", "снизить ставку по кредитам", "знізіць стаўку па крэдытах"),
    ("to lift recycling fee", "отменить утилизационный сбор", "скасаваць утылізацыйны збор"),
    ("to limit markups", "ограничить торговые надбавки", "абмежаваць гандлёвыя надбаўкі"),
    ("to shorten waiting lists", "сократить очереди", "скараціць чэргі"),
    ("to raise minimum wage", "поднять минимальную зарплату", "падняць мінімальны заробак"),
    ("to introduce electronic passes", "ввести электронные пропуска", "увесці электронныя пропускі"),
    ("to freeze rent", "заморозить арендную плату", "замарозіць арэндную плату"),
    ("to move holidays", "перенести каникулы", "перанесці канікулы"),
    ("to publish inspection plan", "опубликовать план проверок", "апублікаваць план праверак"),
    ("to extend tax break", "продлить налоговую льготу", "падоўжыць падатковую льготу"),
    ("to scrap entrance tests", "отменить вступительные тесты", "скасаваць уступныя тэсты"),
    ("to write off fines", "списать штрафы", "спісаць штрафы"),
    ("to double fuel quota", "удвоить квоту на топливо", "падвоіць квоту на паліва"),
    ("to ban night deliveries", "запретить ночную доставку", "забараніць начную дастаўку"),
)
WHOM: tuple[Phrase, ...] = (
    ("for rural families", "для сельских семей", "для сельскіх сем’яў"),
    ("for farms hit by frost", "для пострадавших от заморозков хозяйств", "для гаспадарак, пабітых марозам"),
    ("for small shops", "для небольших магазинов", "для невялікіх крам"),
    ("for truck drivers", "для дальнобойщиков", "для дальнабойнікаў"),
    ("for young doctors", "для молодых врачей", "для маладых лекараў"),
    ("for private clinics", "для частных клиник", "для прыватных клінік"),
    ("for pensioners who work", "для работающих пенсионеров", "для пенсіянераў, якія працуюць"),
    ("for furniture makers", "для производителей мебели", "для вытворцаў мэблі"),
    ("for beekeepers", "для пчеловодов", "для пчаляроў"),
    ("for taxi companies", "для таксопарков", "для таксапаркаў"),
    ("for school canteens", "для школьных столовых", "для школьных сталовак"),
    ("for students from villages", "для студентов из деревень", "для студэнтаў з вёсак"),
)

INDICATORS: tuple[Phrase, ...] = (
    ("Furniture exports", "Экспорт мебели", "Экспарт мэблі"),
    ("Car market", "Рынок автомобилей", "Рынак аўтамабіляў"),
    ("Butter production", "Выпуск сливочного масла", "Выпуск сметанковага масла"),
    ("Rail freight", "Грузооборот железной дороги", "Грузаабарот чыгункі"),
    ("Corporate debt", "Долг предприятий", "Доўг прадпрыемстваў"),
    ("Housing construction", "Ввод жилья", "Увод жылля"),
    ("Potato harvest", "Урожай картофеля", "Ураджай бульбы"),
    ("Fertilizer shipments", "Вывоз удобрений", "Вываз угнаенняў"),
    ("Cement output", "Выпуск цемента", "Выпуск цэменту"),
    ("Household deposits", "Объем вкладов населения", "Аб’ём укладаў насельніцтва"),
    ("Trade deficit", "Дефицит торговли", "Дэфіцыт гандлю"),
    ("Airport traffic", "Пассажиропоток аэропорта", "Пасажырапаток аэрапорта"),
    ("Wholesale trade", "Оптовый товарооборот", "Аптовы таваразварот"),
    ("Tractor exports", "Экспорт тракторов", "Экспарт трактароў"),
)
MOVES: tuple[Phrase, ...] = (
    ("up", "вырос", "вырас"),
    ("down", "сократился", "скараціўся"),
    ("unexpectedly up", "неожиданно вырос", "нечакана вырас"),
    ("sharply down", "резко сократился", "рэзка скараціўся"),
)
PERIODS: tuple[Phrase, ...] = (
    ("since January", "с начала года", "з пачатку года"),
    ("in third quarter", "в третьем квартале", "у трэцім квартале"),
    ("over past year", "за последний год", "за апошні год"),
    ("in one month", "за один месяц", "за адзін месяц"),
    ("compared with last autumn", "по сравнению с прошлой осенью", "у параўнанні з мінулай восенню"),
    ("for tenth month in row", "десятый месяц подряд", "дзясяты месяц запар"),
)

PEOPLE_TRIED: tuple[Phrase, ...] = (
    ("schoolteacher", "учительницу", "настаўніцу"),
    ("welder", "сварщика", "зваршчыка"),
    ("paramedic", "фельдшера", "фельчара"),
    ("photographer", "фотографа", "фатографа"),
    ("train driver", "машиниста", "машыніста"),
    ("programmer", "программиста", "праграміста"),
    ("librarian", "библиотекаря", "бібліятэкара"),
    ("bus dispatcher", "диспетчера автопарка", "дыспетчара аўтапарка"),
    ("beekeeper", "пчеловода", "пчаляра"),
    ("organist", "органиста", "арганіста"),
    ("retired engineer", "инженера-пенсионера", "інжынера-пенсіянера"),
    ("football coach", "футбольного тренера", "футбольнага трэнера"),
    ("translator", "переводчицу", "перакладчыцу"),
    ("local historian", "краеведа", "краязнаўцу"),
)
SENTENCES_PASSED: tuple[Phrase, ...] = (
    ("jailed", "отправили в колонию", "адправілі ў калонію"),
    ("fined", "оштрафовали", "аштрафавалі"),
    ("put under house arrest", "отправили под домашний арест", "адправілі пад хатні арышт"),
    ("acquitted on appeal", "оправдали после апелляции", "апраўдалі пасля апеляцыі"),
    ("sentenced to community work", "отправили на общественные работы", "адправілі на грамадскія работы"),
)
CHARGES: tuple[Phrase, ...] = (
    (
        "over comments in parents’ chat",
        "из-за комментариев в родительском чате",
        "праз каментары ў бацькоўскім чаце",
    ),
    ("for photo of convoy", "за снимок автоколонны", "за здымак аўтакалоны"),
    ("for donations made in 2020", "за пожертвования 2020 года", "за ахвяраванні 2020 года"),
    ("over lecture on local history", "из-за лекции по истории края", "праз лекцыю пра гісторыю краю"),
    ("for leaflet on lamp post", "за листовку на столбе", "за ўлётку на слупе"),
    ("over song at wedding", "из-за песни на свадьбе", "праз песню на вяселлі"),
    (
        "for subscription to banned channel",
        "за подписку на запрещенный канал",
        "за падпіску на забаронены канал",
    ),
    ("over letter to prisoner", "из-за письма заключенному", "праз ліст зняволенаму"),
    ("for interview to foreign media", "за интервью иностранным СМИ", "за інтэрв’ю замежным СМІ"),
)

CLUBS: tuple[Phrase, ...] = (
    ("Nioman", "«Неман»", "«Нёман»"),
    ("Viciaź", "«Витязь»", "«Віцязь»"),
    ("Zubr", "«Зубр»", "«Зубр»"),
    ("Palessie", "«Полесье»", "«Палессе»"),
    ("Bierazina", "«Березина»", "«Бярэзіна»"),
    ("Kałos", "«Колос»", "«Колас»"),
    ("Tarpeda", "«Торпеда»", "«Тарпеда»"),
    ("Svisłač", "«Свислочь»", "«Свіслач»"),
    ("Dniapro", "«Днепр»", "«Дняпро»"),
    ("Bačynski", "«Бочинский»", "«Бачынскі»"),
    ("Pahonia", "«Погоня»", "«Пагоня»"),
)
TOURNAMENTS: tuple[Phrase, ...] = (
    ("in hockey cup", "в хоккейном кубке", "у хакейным кубку"),
    ("in handball league", "в гандбольной лиге", "у гандбольнай лізе"),
    ("in futsal final", "в финале по мини-футболу", "у фінале па міні-футболе"),
    ("in volleyball playoff", "в волейбольном плей-офф", "у валейбольным плэй-офе"),
    ("in opening match of season", "в первом матче сезона", "у першым матчы сезона"),
    ("in basketball derby", "в баскетбольном дерби", "у баскетбольным дэрбі"),
    ("without spectators", "без зрителей", "без гледачоў"),
)

GERMAN_PLACES: tuple[Phrase, ...] = (
    ("in Leipzig", "в Лейпциге", "у Лейпцыгу"),
    ("in Berlin", "в Берлине", "у Берліне"),
    ("in Hamburg", "в Гамбурге", "у Гамбургу"),
    ("in Dresden", "в Дрездене", "у Дрэздэне"),
    ("in Bonn", "в Бонне", "у Боне"),
    ("in Potsdam", "в Потсдаме", "у Патсдаме"),
    ("in Bremen", "в Бремене", "у Брэмене"),
    ("in Dortmund", "в Дортмунде", "у Дортмундзе"),
)
GERMAN_VERBS: tuple[Phrase, ...] = (
    ("opened", "открыли", "адкрылі"),
    ("suspended", "приостановили", "прыпынілі"),
    ("extended for another year", "продлили на год", "падоўжылі на год"),
    ("presented", "представили", "прадставілі"),
    ("cancelled", "отменили", "скасавалі"),
)
GERMAN_THINGS: tuple[Phrase, ...] = (
    ("Exhibition of prisoners’ drawings", "выставку рисунков заключенных", "выставу малюнкаў зняволеных"),
    (
        "Scholarship for exiled scientists",
        "стипендию для ученых в эмиграции",
        "стыпендыю для навукоўцаў у эміграцыі",
    ),
    ("Belarusian Saturday school", "белорусскую субботнюю школу", "беларускую суботнюю школу"),
    (
        "Legal advice center for refugees",
        "юридическую консультацию для беженцев",
        "юрыдычную кансультацыю для ўцекачоў",
    ),
    ("Festival of documentary films", "фестиваль документального кино", "фестываль дакументальнага кіно"),
    ("Register of frozen assets", "реестр замороженных активов", "рэестр замарожаных актываў"),
    ("Reading room of banned books", "читальный зал запрещенных книг", "чытальную залу забароненых кніг"),
    ("Course for nurses from abroad", "курсы для медсестер из-за рубежа", "курсы для медсясцёр з-за мяжы"),
)

CHECKPOINTS: tuple[Phrase, ...] = (
    ("Kamienny Łoh", "«Каменный Лог»", "«Каменны Лог»"),
    ("Bieniakoni", "«Бенякони»", "«Беняконі»"),
    ("Bierastavica", "«Берестовица»", "«Бераставіца»"),
    ("Hryhaŭščyna", "«Григоровщина»", "«Грыгароўшчына»"),
    ("Urbany", "«Урбаны»", "«Урбаны»"),
    ("Kozłavičy", "«Козловичи»", "«Казловічы»"),
    ("Bruzhi", "«Брузги»", "«Брузгі»"),
)
BORDER_EVENTS: tuple[Phrase, ...] = (
    ("Queue of trucks doubles", "Очередь грузовиков удвоилась", "Чарга грузавікоў падвоілася"),
    ("Customs scanner breaks down", "Таможенный сканер вышел из строя", "Мытны сканер выйшаў са строю"),
    (
        "Guards find cache of cigarettes",
        "Пограничники нашли тайник с сигаретами",
        "Памежнікі знайшлі тайнік з цыгарэтамі",
    ),
    ("Night shift reduced by half", "Ночную смену сократили вдвое", "Начную змену скарацілі ўдвая"),
    ("Reservists begin training", "Резервисты начали учения", "Рэзервісты пачалі вучэнні"),
    ("Drone falls into field", "Беспилотник упал в поле", "Беспілотнік упаў у поле"),
    ("Buses wait for twelve hours", "Автобусы ждут двенадцать часов", "Аўтобусы чакаюць дванаццаць гадзін"),
    ("Wolf walks through barrier", "Волк прошел под шлагбаумом", "Воўк прайшоў пад шлагбаўмам"),
)
AT_CHECKPOINT: Phrase = ("at {0} checkpoint", "на переходе {0}", "на пераходзе {0}")

COUNTRIES: tuple[Phrase, ...] = (
    ("Latvia", "Латвия", "Латвія"),
    ("Lithuania", "Литва", "Літва"),
    ("Poland", "Польша", "Польшча"),
    ("Estonia", "Эстония", "Эстонія"),
    ("Czech Republic", "Чехия", "Чэхія"),
    ("Georgia", "Грузия", "Грузія"),
    ("Sweden", "Швеция", "Швецыя"),
    ("Kazakhstan", "Казахстан", "Казахстан"),
    ("Turkey", "Турция", "Турцыя"),
    ("Serbia", "Сербия", "Сербія"),
    ("Austria", "Австрия", "Аўстрыя"),
    ("Vietnam", "Вьетнам", "В’етнам"),
)
COUNTRY_VERBS: tuple[Phrase, ...] = (
    ("delays", "откладывает", "адкладае"),
    ("offers to resume", "предлагает возобновить", "прапануе аднавіць"),
    ("breaks off", "прерывает", "перарывае"),
    ("prepares", "готовит", "рыхтуе"),
    ("denies", "отрицает", "адмаўляе"),
    ("confirms", "подтверждает", "пацвярджае"),
)
COUNTRY_ISSUES: tuple[Phrase, ...] = (
    ("talks on border waters", "переговоры о пограничных водах", "перамовы пра памежныя воды"),
    ("purchase of potash", "закупку калийных удобрений", "закупку калійных угнаенняў"),
    ("exchange of students", "обмен студентами", "абмен студэнтамі"),
    ("return of air link", "возвращение авиасообщения", "вяртанне авіязносін"),
    ("recall of ambassador", "отзыв посла", "адкліканне пасла"),
    ("agreement on pensions", "соглашение о пенсиях", "пагадненне пра пенсіі"),
    ("quota for truck permits", "квоту на разрешения перевозчикам", "квоту на дазволы перавозчыкам"),
    ("simplified visas for doctors", "упрощенные визы для врачей", "спрошчаныя візы для лекараў"),
    ("joint search for missing balloon", "совместный поиск пропавшего шара", "сумесны пошук зніклага шара"),
)
COUNTRY_TAILS: tuple[Phrase, ...] = (
    ("in spite of sanctions", "несмотря на санкции", "нягледзячы на санкцыі"),
    ("at request of Minsk", "по просьбе Минска", "на просьбу Мінска"),
    ("ahead of summit", "накануне саммита", "напярэдадні саміту"),
    ("after two-year break", "после двухлетнего перерыва", "пасля двухгадовага перапынку"),
    ("amid change of government", "на фоне смены правительства", "на фоне змены ўрада"),
    ("for winter", "на зиму", "на зіму"),
)

RIGHTS_EVENTS: tuple[Phrase, ...] = (
    ("new detentions", "о новых задержаниях", "пра новыя затрыманні"),
    ("searches in private homes", "об обысках в частных домах", "пра ператрусы ў прыватных дамах"),
    ("transfer of prisoner to cell", "о переводе заключенного в камеру", "пра перавод зняволенага ў камеру"),
    ("trial behind closed doors", "о закрытом суде", "пра закрыты суд"),
    ("release of three women", "об освобождении трех женщин", "пра вызваленне трох жанчын"),
    ("hunger strike", "о голодовке", "пра галадоўку"),
    ("dismissals of teachers", "об увольнениях учителей", "пра звальненні настаўнікаў"),
    ("confiscation of savings", "о конфискации сбережений", "пра канфіскацыю зберажэнняў"),
)
RIGHTS_GROUPS: tuple[Phrase, ...] = (
    ("Human rights defenders learn of", "Правозащитники узнали", "Праваабаронцы даведаліся"),
    ("Relatives tell about", "Родные рассказали", "Родныя расказалі"),
    ("Lawyers’ group reports", "Группа юристов сообщила", "Група юрыстаў паведаміла"),
    ("Exiled doctors write about", "Врачи-эмигранты написали", "Лекары-эмігранты напісалі"),
    ("Former cellmate speaks of", "Бывший сокамерник рассказал", "Былы сукамернік расказаў"),
)

# People who are quoted, in the nominative, with their verb.
SPEAKERS: tuple[Phrase, ...] = (
    ("economist Uładzimir Kaladka", "экономист Владимир Колодко", "эканаміст Уладзімір Каладка"),
    ("lawyer Maksim Harbun", "юрист Максим Горбун", "юрыст Максім Гарбун"),
    ("agronomist Piotra Zadora", "агроном Петр Задора", "аграном Пятро Задора"),
    ("analyst Taras Vieraščaka", "аналитик Тарас Верещако", "аналітык Тарас Верашчака"),
    ("historian Alaksiej Žabinka", "историк Алексей Жабинко", "гісторык Аляксей Жабінка"),
    ("deputy mayor Siarhiej Łomać", "заместитель мэра Сергей Ломать", "намеснік мэра Сяргей Ломаць"),
    ("engineer Ihar Patapčyk", "инженер Игорь Потапчик", "інжынер Ігар Патапчык"),
    ("trade unionist Mikoła Sušča", "профсоюзный деятель Николай Суща", "прафсаюзны дзеяч Мікола Сушча"),
    ("expert Anatol Krupiec", "эксперт Анатолий Крупец", "эксперт Анатоль Крупец"),
    ("sociologist Hleb Navasad", "социолог Глеб Новосад", "сацыёлаг Глеб Навасад"),
)
PHOTOGRAPHERS: tuple[Phrase, ...] = (
    ("Alena Karpiuk", "Елена Карпюк", "Алена Карпюк"),
    ("Dzianis Haŭryłik", "Денис Гаврилик", "Дзяніс Гаўрылік"),
    ("Natalla Smolich", "Наталья Смолич", "Наталля Смоліч"),
    ("Vadzim Skarynka", "Вадим Скоринко", "Вадзім Скарынка"),
    ("Iryna Bahuta", "Ирина Богута", "Ірына Багута"),
)
TAGS: tuple[Phrase, ...] = (
    ("courts", "суды", "суды"),
    ("regions", "регионы", "рэгіёны"),
    ("prices", "цены", "цэны"),
    ("border", "граница", "мяжа"),
    ("sanctions", "санкции", "санкцыі"),
    ("health", "здоровье", "здароўе"),
    ("education", "образование", "адукацыя"),
    ("industry", "промышленность", "прамысловасць"),
)

# Sentences of bodies; {number}, {percent}, {amount}, {place}, {day}, {speaker} are filled in.
BODY_SENTENCES: tuple[Phrase, ...] = (
    (
        "According to documents seen by the agency, the decision was prepared in secret for {number} weeks.",
        "Согласно документам, с которыми ознакомилось агентство, решение втайне готовили {number} недель.",
        "Паводле дакументаў, з якімі азнаёмілася агенцтва, рашэнне ўпотай рыхтавалі {number} тыдняў.",
    ),
    (
        "“Nobody has explained to us what will happen next,” {speaker} said.",
        "«Никто не объяснил нам, что будет дальше», — сказал {speaker}.",
        "«Ніхто не растлумачыў нам, што будзе далей», — сказаў {speaker}.",
    ),
    (
        "The cost is put at Br{amount} million, of which the budget has paid {percent} percent so far.",
        "Стоимость оценивают в {amount} млн рублей, из которых бюджет пока выделил {percent} процентов.",
        "Кошт ацэньваюць у {amount} млн рублёў, з якіх бюджэт пакуль выдзеліў {percent} працэнтаў.",
    ),
    (
        "A similar case {place} ended two years ago with the resignation of the whole board.",
        "Похожая история {place} два года назад закончилась отставкой всего правления.",
        "Падобная гісторыя {place} два гады таму скончылася адстаўкай усяго праўлення.",
    ),
    (
        "Local residents have collected {number} signatures and sent them to the regional government.",
        "Местные жители собрали {number} подписей и отправили их в облисполком.",
        "Мясцовыя жыхары сабралі {number} подпісаў і адправілі іх у аблвыканкам.",
    ),
    (
        "The press office declined to comment, promising a written answer by the end of the month.",
        "В пресс-службе от комментариев отказались, пообещав письменный ответ до конца месяца.",
        "У прэс-службе ад каментароў адмовіліся, паабяцаўшы пісьмовы адказ да канца месяца.",
    ),
    (
        "Independent {speaker} believes that the official figure is too low by at least {percent} percent.",
        "Независимый {speaker} считает, что официальные данные занижены как минимум на {percent} процентов.",
        "Незалежны {speaker} лічыць, што афіцыйныя звесткі заніжаныя як мінімум на {percent} працэнтаў.",
    ),
    (
        "The matter was discussed {place} {day}, but the minutes of the meeting have not been published.",
        "Вопрос обсуждали {place} {day}, однако протокол заседания не опубликован.",
        "Пытанне абмяркоўвалі {place} {day}, аднак пратакол пасяджэння не апублікаваны.",
    ),
    (
        "Last year, about {number} people were in the same position, Biełstat reported.",
        "В прошлом году в таком же положении оказались около {number} человек, сообщал Белстат.",
        "Летась у такім жа становішчы апынуліся каля {number} чалавек, паведамляў Белстат.",
    ),
    (
        "“We were given {number} days to pack, and it was already winter outside,” {speaker} recalled.",
        "«Нам дали {number} дней на сборы, а на улице уже была зима», — вспоминал {speaker}.",
        "«Нам далі {number} дзён на зборы, а на вуліцы ўжо была зіма», — згадваў {speaker}.",
    ),
    (
        "In neighboring countries, such projects take from {number} months to a year and a half.",
        "В соседних странах на такие проекты уходит от {number} месяцев до полутора лет.",
        "У суседніх краінах на такія праекты ідзе ад {number} месяцаў да паўтара года.",
    ),
    (
        "The opposition calls the move a mistake that will take years to put right.",
        "Оппозиция называет этот шаг ошибкой, которую придется исправлять годами.",
        "Апазіцыя называе гэты крок памылкай, якую давядзецца выпраўляць гадамі.",
    ),
    (
        "The text of the order has {number} points; the third one is marked “for official use.”",
        "В тексте приказа {number} пунктов; третий помечен «для служебного пользования».",
        "У тэксце загаду {number} пунктаў; трэці пазначаны «для службовага карыстання».",
    ),
    (
        "Prices have gone up by {percent} percent since the beginning of the season.",
        "С начала сезона цены выросли на {percent} процентов.",
        "З пачатку сезона цэны выраслі на {percent} працэнтаў.",
    ),
    (
        "It is not known when the commission will gather again: its chairman has been on leave since summer.",
        "Когда комиссия соберется снова, неизвестно: ее председатель с лета в отпуске.",
        "Калі камісія збярэцца зноў, невядома: яе старшыня з лета ў адпачынку.",
    ),
    (
        "Two workshops {place} have already switched to a three-day week.",
        "Два цеха {place} уже перешли на трехдневную неделю.",
        "Два цэхі {place} ужо перайшлі на трохдзённы тыдзень.",
    ),
)
LIST_OPENERS: tuple[Phrase, ...] = (
    ("The plan provides for:", "План предусматривает:", "План прадугледжвае:"),
    (
        "According to the committee, this concerns:",
        "По данным комитета, речь идет о следующем:",
        "Паводле камітэта, гаворка пра наступнае:",
    ),
)
LIST_ITEMS: tuple[Phrase, ...] = (
    (
        "{number} hectares of meadows along the river;",
        "{number} гектаров лугов вдоль реки;",
        "{number} гектараў лугоў уздоўж ракі;",
    ),
    (
        "repair of {number} kilometers of roads;",
        "ремонт {number} километров дорог;",
        "рамонт {number} кіламетраў дарог;",
    ),
    ("payments to {number} families;", "выплаты {number} семьям;", "выплаты {number} сем’ям;"),
    (
        "a reserve of {percent} percent of the sum.",
        "резерв в {percent} процентов суммы.",
        "рэзерв у {percent} працэнтаў сумы.",
    ),
)
ADDED_SENTENCES: tuple[Phrase, ...] = (
    (
        "Later in the day, the agency received a reply: an audit will last {number} days.",
        "Позднее агентство получило ответ: проверка продлится {number} дней.",
        "Пазней агенцтва атрымала адказ: праверка працягнецца {number} дзён.",
    ),
    (
        "Correction: the sum is Br{amount} million, not as reported earlier.",
        "Уточнение: сумма составляет {amount} млн рублей, а не как сообщалось ранее.",
        "Удакладненне: сума складае {amount} млн рублёў, а не як паведамлялася раней.",
    ),
    (
        "By the evening, {number} more people had signed the appeal.",
        "К вечеру обращение подписали еще {number} человек.",
        "Да вечара зварот падпісалі яшчэ {number} чалавек.",
    ),
)
HEADLINE_UPDATES: tuple[Phrase, ...] = (
    (" – official", " — чиновник", " — чыноўнік"),
    (" (updated)", " (обновлено)", " (абноўлена)"),
    (", agency learns", ", узнало агентство", ", даведалася агенцтва"),
    (", documents show", ", следует из документов", ", вынікае з дакументаў"),
)
LONGREAD_HEADLINES: tuple[Phrase, ...] = (
    (
        "How one street {place} lost all its cafés",
        "Как одна улица {place} лишилась всех кафе",
        "Як адна вуліца {place} засталася без кавярняў",
    ),
    (
        "Ten questions about life {place} without river port",
        "Десять вопросов о жизни {place} без речного порта",
        "Дзесяць пытанняў пра жыццё {place} без рачнога порта",
    ),
    (
        "Smell of bread: last village bakery {place}",
        "Запах хлеба: последняя сельская пекарня {place}",
        "Пах хлеба: апошняя сельская пякарня {place}",
    ),
    (
        "“We counted every log”: winter {place}",
        "«Мы считали каждое полено»: зима {place}",
        "«Мы лічылі кожнае палена»: зіма {place}",
    ),
    (
        "Who buys empty houses {place} and why",
        "Кто и зачем покупает пустые дома {place}",
        "Хто і навошта купляе пустыя хаты {place}",
    ),
    (
        "Forty years of one factory band {place}",
        "Сорок лет заводского оркестра {place}",
        "Сорак гадоў заводскага аркестра {place}",
    ),
    (
        "What archives say about vanished theater {place}",
        "Что говорят архивы об исчезнувшем театре {place}",
        "Што кажуць архівы пра зніклы тэатр {place}",
    ),
)
LONGREAD_LEADS: tuple[Phrase, ...] = (
    (
        "Our correspondent spent {number} days {place} and tells what the reports leave out.",
        "Наш корреспондент провел {number} дней {place} и рассказывает, чего нет в отчетах.",
        "Наш карэспандэнт правёў {number} дзён {place} і расказвае, чаго няма ў справаздачах.",
    ),
    (
        "A story {place} that began with a broken boiler and ended in court {number} months later.",
        "История, которая началась {place} со сломанного котла и через {number} месяцев закончилась судом.",
        "Гісторыя, што пачалася {place} са зламанага катла і праз {number} месяцаў скончылася судом.",
    ),
)
