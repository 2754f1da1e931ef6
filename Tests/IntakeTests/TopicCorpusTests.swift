import Foundation
import Programme
import Regions
import Testing

@testable import Intake

/// What people really write, held against the shipped topics: misspelt, inflected, without accents, in other words.
@Suite struct TopicCorpusTests {
  private static let config = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Config").path
  private static let regions = ["pl": "pl", "de": "de", "hu": "hu", "zh": "cn", "en": "us"]

  private static func index(_ language: String) throws -> TopicIndex {
    let region = try #require(ConfigurationFolder(path: config).load([regions[language] ?? ""]).first)
    return TopicIndex(
      catalogue: region.topics.catalogue, languages: [language], distance: region.topics.aliasDistance)
  }

  private func wrong(_ language: String, _ corpus: [String: [String]]) throws -> [String] {
    let index = try Self.index(language)
    var wrong: [String] = []
    for (topic, words) in corpus.sorted(by: { $0.key < $1.key }) {
      for word in words {
        switch index.meaning(of: word) {
        case .topic(topic), .near(topic, _): continue
        case let other: wrong.append("\(word) → \(other), not \(topic)")
        }
      }
    }
    return wrong
  }

  @Test func polish() throws {
    let wrong = try wrong(
      "pl",
      [
        "social-media": [
          "media społecznosciowe", "media spolecznosciowe", "Media Społecznościowe",
          "mediach społecznościowych",
          "mediami społecznościowymi", "media społecznościwe", "social media", "LinkedIn",
        ],
        "enterprise-social-network": [
          "firmowa platforma spolecznosciowa", "firmową platformę społecznościową",
          "firmowa siec spolecznosciowa",
        ],
        "data-privacy": [
          "ochrona danych", "ochronę danych", "ochrony danych osobowych", "RODO", "rodo", "GDPR",
        ],
        "video": ["wideo i blogi", "video i blogi", "blogi i wideo", "blogów", "montaz wideo"],
        "smart-home": ["inteligentny dom", "inteligentne domy", "inteligętny dom", "smart home"],
        "e-bike": [
          "rower elektryczny", "rowery elektryczne", "rowerów elektrycznych", "e-bike", "rower elektyczny",
        ],
        "logistics": ["logistyka", "logistyki", "logistykę", "logistyce", "logstyka"],
        "leadership": ["przywództwo", "przywodztwo", "przywództwa", "kierowanie zespołami", "przywóctwo"],
        "data-analysis": [
          "analiza danych", "analizę danych", "analizy danych", "analiza danyh", "analizowanie danych",
        ],
        "artificial-intelligence": [
          "sztuczna inteligencja", "sztuczną inteligencję", "sztucznej inteligencji", "sztuczna inteligecja",
          "AI", "SI",
        ],
        "mobile-work": ["praca mobilna", "pracę zdalną", "praca zdalna", "pracy mobilnej", "home office"],
        "notifications": [
          "opanowanie powiadomień", "opanowanie powiadomien", "powiadomienia", "powiadomień",
        ],
        "presentation": [
          "prezentacje", "prezentacji", "prezentacja", "prezentacjami", "wystąpień publicznych",
        ],
        "purchasing": ["zakupy", "zakupów", "zakupami", "zaopatrzenie"],
        "cyber-security": ["cyberbezpieczeństwo", "cyberbezpieczenstwo", "cyberbezpieczeństwa"],
        "negotiation": ["negocjacje", "negocjacji", "negocjacjach", "negocjowania"],
        "cloud": ["chmura", "chmurze", "chmury"],
      ])
    #expect(wrong == [])
  }

  @Test func german() throws {
    let wrong = try wrong(
      "de",
      [
        "social-media": [
          "soziale Medien", "Soziale Medien", "sozialen Medien", "Sozialemedien", "soziale Medein",
          "Social Media",
        ],
        "enterprise-social-network": [
          "internes soziales Netzwerk", "internen sozialen Netzwerks", "interne soziale Netzwerke",
        ],
        "data-privacy": ["Datenschutz", "Datenschutzes", "Datenshutz", "DSGVO", "Privatsphaere"],
        "video": ["Video und Blogs", "Videos und Blogs", "Video & Blogs", "Videoschnitt"],
        "smart-home": ["Smart Home", "Smarthome", "smart-home", "SmartHome", "intelligentes Zuhause"],
        "e-bike": ["E-Bike", "Ebike", "e bike", "E-Bikes", "Elektrofahrrad", "Pedelec"],
        "logistics": ["Logistik", "Logisitk", "Lagerlogistik"],
        "leadership": [
          "Führung", "Fuehrung", "Fuhrung", "Mitarbeiterfuehrung", "Führungskompetenz", "Leadership",
        ],
        "data-analysis": [
          "Datenanalyse", "Daten-Analyse", "Datenanalysen", "Datenanalise", "Datenauswertung",
        ],
        "artificial-intelligence": [
          "künstliche Intelligenz", "kuenstliche Intelligenz", "Künstlicher Intelligenz",
          "künstliche Inteligenz", "KI", "K.I.", "AI",
        ],
        "mobile-work": [
          "mobiles Arbeiten", "mobilem Arbeiten", "Mobile Arbeit", "Homeoffice", "Home Office", "Home-Office",
        ],
        "notifications": [
          "Benachrichtigungen bändigen", "Benachrichtigungen baendigen", "Benachrichtigungen",
          "Benachrichtigung",
        ],
        "presentation": [
          "Präsentieren", "Praesentieren", "Präsentationen", "Presentieren", "Präsentationstechniken",
        ],
        "purchasing": ["Einkauf", "Einkaufs", "Beschaffung"],
        "generative-ai": ["ChatGPT", "Chat GPT", "chat-gpt", "Chatbots"],
        "spreadsheets": ["Excel", "excel", "MS Excel", "Pivot Tabellen"],
        "sustainability": ["Nachhaltigkeit", "Nachhaltigkeiten", "Klimaschutz"],
      ])
    #expect(wrong == [])
  }

  @Test func hungarian() throws {
    let wrong = try wrong(
      "hu",
      [
        "social-media": [
          "közösségi média", "kozossegi media", "közösségi médiát", "közöségi média", "közösségi médiában",
        ],
        "enterprise-social-network": [
          "vállalati közösségi hálózat", "vállalati közösségi hálózatot", "vallalati kozossegi halozat",
        ],
        "data-privacy": ["adatvédelem", "adatvedelem", "adatvédelmet", "adatvédelemről", "GDPR"],
        "video": ["videó és blog", "video es blog", "videózás", "videókészítés"],
        "smart-home": ["okosotthon", "okos otthon", "okosotthont", "okosotthonok"],
        "e-bike": [
          "elektromos kerékpár", "elektromos kerekpar", "elektromos kerékpárt", "elektromos kerékpározás",
          "e-bike",
        ],
        "logistics": ["logisztika", "logisztikát", "logisztikai", "logsztika"],
        "leadership": ["vezetés", "vezetes", "vezetést", "vezetői készségeket"],
        "data-analysis": ["adatelemzés", "adatelemzes", "adatelemzést", "adat elemzés", "adatelemezés"],
        "artificial-intelligence": [
          "mesterséges intelligencia", "mesterseges intelligencia", "mesterséges intelligenciát", "MI", "AI",
          "mesterséges inteligencia",
        ],
        "mobile-work": [
          "mobil munka", "mobil munkát", "mobilmunka", "távmunka", "otthoni munka", "home office",
        ],
        "notifications": [
          "értesítések kezelése", "ertesitesek kezelese", "értesítések kezelését", "értesítés",
        ],
        "presentation": ["prezentáció", "prezentacio", "prezentációt", "prezentációk", "prezentálás"],
        "purchasing": ["beszerzés", "beszerzes", "beszerzést", "beszerzési"],
      ])
    #expect(wrong == [])
  }

  @Test func chinese() throws {
    let wrong = try wrong(
      "zh",
      [
        "social-media": ["社交媒体", "社交 媒体", "社交媒体运营", "社交网络"],
        "enterprise-social-network": ["企业社交平台", "企业内部社交平台", "企业社交网络"],
        "data-privacy": ["数据隐私", "数据隐私保护", "隐私保护"],
        "video": ["视频与博客", "视频和博客", "视频、博客", "短视频"],
        "smart-home": ["智能家居", "智能家具", "智慧家居"],
        "e-bike": ["电动自行车", "电动单车", "電動自行車"],
        "logistics": ["物流", "物流管理"],
        "leadership": ["领导力", "领导能力", "领导力提升"],
        "data-analysis": ["数据分析", "数据分析方法", "大数据分析"],
        "artificial-intelligence": ["人工智能", "人工智能技术", "AI", "ＡＩ", "ai"],
        "mobile-work": ["移动办公", "远程办公", "居家办公"],
        "notifications": ["通知管理", "管理通知", "消息通知管理"],
        "presentation": ["演示技巧", "演讲技巧", "演示"],
        "purchasing": ["采购", "采购管理"],
      ])
    #expect(wrong == [])
  }

  @Test func english() throws {
    let wrong = try wrong(
      "en",
      [
        "social-media": [
          "social media", "Social Media", "socialmedia", "social-media", "sociel media", "social medias",
          "linkedin",
        ],
        "enterprise-social-network": [
          "company social network", "company social networks", "company's social network",
        ],
        "data-privacy": ["data privacy", "data-privacy", "data privcy", "GDPR", "privacy"],
        "video": ["video and blogging", "video & blogging", "videos and blogging", "vlogging", "blogging"],
        "smart-home": ["smart home", "smarthome", "smart homes", "Smart-Home"],
        "e-bike": ["e-bike", "ebike", "E Bike", "e-bikes", "electric bikes"],
        "logistics": ["logistics", "logistic", "logisitcs"],
        "leadership": ["leadership", "leadership skills", "leadershp", "Leading people"],
        "data-analysis": [
          "data analysis", "data analytics", "data analysys", "data analyses", "analysing data",
        ],
        "artificial-intelligence": [
          "artificial intelligence", "artifical intelligence", "artificial inteligence", "AI", "A.I.", "ai",
        ],
        "mobile-work": ["mobile working", "mobile work", "remote working", "home office", "work from home"],
        "notifications": [
          "taming notifications", "tame notifications", "taming notification", "notifications",
        ],
        "presentation": [
          "presenting", "presentations", "presentation skill", "public speaking", "Power Point",
        ],
        "purchasing": ["purchasing", "purchase", "procurement", "purchasng"],
        "cyber-security": ["cybersecurity", "cyber security", "cyber-security", "cyber securty"],
        "diversity": ["diversity", "diversity & inclusion", "diversty"],
      ])
    #expect(wrong == [])
  }

  /// Words of no topic, and short ones that are one letter from an alias, must not be guessed.
  @Test func whatIsNoTopicIsNotTakenForOne() throws {
    for (language, words) in [
      "pl": ["gotowanie", "ogród", "XI", "SIM", "wędkarstwo"],
      "de": ["Kochen", "Garten", "KO", "KfW", "Angeln"],
      "hu": ["főzés", "kertészkedés", "MÁV", "horgászat"], "zh": ["烹饪", "园艺", "钓鱼", "篮球"],
      "en": ["cooking", "gardening", "AA", "fishing", "IT"],
    ] {
      let index = try Self.index(language)
      for word in words {
        if case .unknown = index.meaning(of: word) { continue }
        Issue.record("\(language): \(word) → \(index.meaning(of: word))")
      }
    }
  }
}
