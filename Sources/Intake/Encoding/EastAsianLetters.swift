import Basics
import Foundation

/// How likely characters are in Chinese, Japanese and Korean text.
///
/// The most frequent characters by rank, counted in running text (https://github.com/rspeer/wordfreq) and in names; the
/// others by whether the encoding has them among its everyday ones.
struct EastAsianLetters: Sendable {
  let code: String
  let encodings: [TextEncoding]
  /// What a character beyond those listed costs, of its language's everyday ones and of others.
  private let ranks: [UInt32: Double]
  private let isJapanese: Bool

  private init(_ code: String, _ encodings: [TextEncoding], share: Double, _ characters: String) {
    self.code = code
    self.encodings = encodings
    isJapanese = code == "ja"
    let scalars = Array(characters.unicodeScalars)
    let total = scalars.indices.reduce(0) { $0 + 1 / Double($1 + 30) }
    ranks = Dictionary(
      zip(scalars.map(\.value), scalars.indices.map { log(share / Double($0 + 30) / total) }),
      uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter lead: the first byte of the character's code, by which standards separate everyday characters.
  func logLikelihood(_ scalar: UInt32, lead: UInt8, in encoding: TextEncoding) -> Double {
    if let known = ranks[scalar] { return known }
    switch scalar {
    case 0x3041...0x30FF: return isJapanese ? -5 : -12
    case 0x3000...0x3020, 0xFF01...0xFF5E, 0x2010...0x2026: return -6
    case 0xFF61...0xFF9F: return isJapanese ? -7.5 : -12
    case 0x4E00...0x9FFF, 0xAC00...0xD7A3:
      let everyday: ClosedRange<UInt8> =
        switch encoding {
        case .gb18030: 0xB0...0xD7
        case .big5: 0xA4...0xC6
        case .shiftJIS: 0x88...0x97
        case .eucJP: 0xB0...0xCF
        default: 0xB0...0xC8
        }
      return everyday.contains(lead) ? -9.3 : -13
    default: return -12
    }
  }

  func has(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3000...0x303F, 0xFF00...0xFFEF: true
    case 0x3041...0x30FF: isJapanese
    case 0xAC00...0xD7A3: code == "ko"
    default: 0x4E00...0x9FFF ~= scalar
    }
  }

  /// Whether words of the sample keep to the pairs of the encoding, by the ranges of its bytes alone: tables are made of
  /// those that do.
  static func isPossible(_ sample: LetterSample, _ encoding: TextEncoding) -> Bool {
    let high: ClosedRange<UInt8> = 0xA1...0xFE
    let isAnyTrail = { (byte: UInt8) in byte >= 0x40 && byte != 0x7F && byte != 0xFF }
    let isLead = { (byte: UInt8) -> Bool in
      switch encoding {
      case .shiftJIS: 0x81...0x9F ~= byte || 0xE0...0xFC ~= byte
      case .eucJP: high ~= byte || byte == 0x8E || byte == 0x8F
      default: 0x81...0xFE ~= byte
      }
    }
    var characters = 0
    var broken = 0
    for word in sample.words {
      var index = 0
      while index < word.count {
        let byte = word[index]
        index += 1
        if byte < 0x80 || encoding == .shiftJIS && 0xA1...0xDF ~= byte { continue }
        characters += 1
        let isGood =
          index < word.count && isLead(byte)
          && (encoding == .eucJP ? high ~= word[index] : isAnyTrail(word[index]))
        if isGood { index += 1 } else { broken += 1 }
      }
    }
    return broken * 10 <= characters
  }

  static let all: [EastAsianLetters] = [
    EastAsianLetters(
      "zh-hans", [.gb18030], share: 0.8,
      "有公司限的市县信科是技息网传媒一梅英络王秀李华在张国桂兰不人了建玉刘我陈中这丽为个大红杨成时和来"
        + "淑珍上会们海他州子年凤电联新林方以要明南家婷荣天到阳黄安芳对金东地发通军都周平创么能霞你吴博丹开"
        + "就软强动可生于出也赵说宁何文学小后飞马燕与过行合机高长云龙用日多自想力现雪娟利没作业下香尔孙春得"
        + "西件北万经还法同关欢计好而佳徐数门事分山世之民主里鑫政胡看吗本月区太郑所全哈特朱重定萍部最其那颖"
        + "进璐正冬如前敏美点当超任次济工涛志实原勇际名宇被但因样艳理罗等齐晨商什嘉鹏玲波道浩去些城面伟提易"
        + "很花港思泰心风京间内然磊柳字兴石起体兵立只着从沈并台者刚加算楠问种员许俊琴及将意畅欣娜产三洁外帆"
        + "郭维由无慧谢元雷女亮已制亿琳江禾应第口情彬健滨场诺晶银瑜远快倩凯曾位向帅程代惠腾凌表冠辽真图此题"
        + "相瑞水资莹系化期性度果广给洋静让两岩教球坤芝六木诚峰辉汇比该拉盟韩活常手梁或苏使她物武四认怎知结"),
    EastAsianLetters(
      "zh-hant", [.big5], share: 0.8,
      "公有限司美縣市秀陳台淑林資麗份訊股華黃玉北惠張玲志灣雅李王珠電文中竹吳業山雄新宏楊俊蘭明珍子蔡怡"
        + "劉娟素大梅雲英金鳳國宜建慧行太品光許鄭婷南琴店卿月平東銀蘆家商貞永冠高廖曾豪忠宇蓮郭謝江桃園柏徐"
        + "和里化義邱翰三飯廷芬洪豐臺周宗德信技賴營視君運碧斗榮丹蘇古橋葉佳達保百貨原嘉花田復際遊鐵企遠海隆"
        + "龍霞世旅湖馬靜洲邦可秋正科八廣承銘苗栗雯味褒生港連恩簡傑一統聯板堂竿香欣鎮牡輝蕭進彰興草屯蓁樹壢"
        + "石重星良員呂何航空基集團霖阿關澎賢坑城翔賓投心鴻樂燁莊頭康事律朴屏漢朱當門摩食卑游汐止娥羅橫威偉"
        + "余成春微來奧腦發哲敏魏鍾白長潘雪富人政天六餐飲寶昌胡庫鋼日體藥沙酒涵詹睿沈奇安誠雜誌阮范梁萍彬詩"
        + "福鮮爭強翁盧方施苡欽柯趙彤立服務斯堡精密枝戴蓉彥晴糖都亞緻印無週刊戲葡萄數位智鄧武彭男宥章芳瑋丁"
        + "碩超理法陽麥洋崇居迪汽車軟鼎程孫妤士登喜合作影託壽險汎宋勝豹悅晶旗自水燦社神名風場告力油半導設輸"),
    EastAsianLetters(
      "ja", [.shiftJIS, .eucJP], share: 0.6,
      "会社藤市田中山本子区村木人合一佐川同太式有限株日郡高町橋林小大加上横生長美浜鈴井気直行島見出分樹"
        + "前裕多香水真時崎平渡事辺言思年印伊代後間学西通郎介明業松下部実知谷自東方陽保国品食今信石結者報吉"
        + "電口京也原取情的入月手三目設千運里新産作来何女全最無険野近場武動金和用摩青立発清奈神斎建健治話岡"
        + "花定当理感性鉱銀八農春地回英輸画使夏助私充晃物体衣刷浩稔洋森白司拓涼修力浦南亮聡安家福七名対桃池"
        + "零度斉良持綾旛幹開阿舞世意淳内関篤津変所数戦要佳外康以化翔織智弘現法心坂不好道成俺楽味考能文利翼"
        + "調機遠書初面期少様付違先員車解問連番記丈江公売仕教蔵北界特主表聞選終題悪沢必正二強男続死料決語足"
        + "他可台確相向切愛身葉戸受円集王都別始街達宮彼元在御活買着重引位宿過次港海経送点光富制万古君第土屋"
        + "民起待勝組得果黒店込瀬色放県指約芝流予置認読宅状参十政応音誰九校馬系残件配天房想進常計素隅栄優総"),
    EastAsianLetters(
      "ko", [.eucKR], share: 0.92,
      "이시주지김사서한유다구영고에정은회하수는군가자아원성을현의안로진천박식양민인도나우어기스리보니상"
        + "해미제일오산동호준경부있라를윤그최남장예요들전숙게대으람만강연신순트조마여선명면드소중훈코과공청"
        + "발문재야용거단네포평희려옥했철개국권통루월모화온었당음데홍두레비백건내노너차름종적더것터황계되세"
        + "합광위와무할분생래후금바크글송승씨벌말타까배러습간류행른없저입치프같혜흥년때체속실파관반태심길학"
        + "춘올교처임작좋손방석출않된브달템며각운테물병알겨초덕등워환번르던빈푸술겠항판빛랑히즈령첨증역앙버"
        + "티윈메플결엔잘님함업본채록허직혁디감런앤션카못았센획받웅매왕표피택북살든넥많삼법충난집엄링설였형"
        + "또창불솔력키걸날곽울팔싶척논룡언랫약애폼점토추룹횡웍께질외랩괴근"),
  ]
}
