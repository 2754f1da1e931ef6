import Basics
import Synchronization

/// The upper halves of the single-byte code pages, by the tables that unicode.org publishes.
///
/// Each text lists the characters of the bytes 0x80 to 0xFF in order; U+FFFD marks a byte without meaning,
/// which makes that byte an error and not a guess. The C1 controls of ISO 8859 are left out of the texts that
/// have them (96 characters, from 0xA0 on).
///
/// Those that no table here has are asked of iconv, byte by byte; where it does not know one, all of its bytes are without
/// meaning.
enum CodePages {
  private static let known = Mutex<[TextEncoding: [UInt16]]>([:])

  /// Scalars of the bytes 0x80 to 0xFF; 0xFFFD where a byte means nothing.
  static func upperHalf(_ encoding: TextEncoding) -> [UInt16] {
    if let known = known.withLock({ $0[encoding] }) { return known }
    let scalars: [UInt16]
    if encoding == .usASCII {
      scalars = [UInt16](repeating: 0xFFFD, count: 128)
    } else if let text = text(encoding) {
      let listed = text.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) }
      // The tables of ISO 8859 leave out the C1 controls, which stand for themselves.
      scalars = (0..<max(0, 128 - listed.count)).map { UInt16(0x80 + $0) } + listed
    } else if let decoder = Iconv(from: encoding.iconvNames, to: "UTF-32LE") {
      scalars = (UInt8(0x80)...0xFF).map { byte in
        let scalar = decoder.scalar([byte])
        return scalar > 0x7F && scalar < 1 << 16 ? UInt16(scalar) : 0xFFFD
      }
    } else {
      scalars = [UInt16](repeating: 0xFFFD, count: 128)
    }
    known.withLock { $0[encoding] = scalars }
    return scalars
  }

  private static func text(_ encoding: TextEncoding) -> String? {
    switch encoding {
    case .windows1250:
      return "\u{20AC}\u{FFFD}\u{201A}\u{FFFD}\u{201E}\u{2026}\u{2020}\u{2021}\u{FFFD}\u{2030}Š\u{2039}Ś"
        + "ŤŽŹ\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{FFFD}\u{2122}š"
        + "\u{203A}śťžź"
        + "\u{A0}\u{2C7}˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż"
        + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß"
        + "ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"
    case .windows1251:
      return "ЂЃ\u{201A}ѓ\u{201E}\u{2026}\u{2020}\u{2021}\u{20AC}\u{2030}Љ\u{2039}ЊЌЋЏђ\u{2018}\u{2019}"
        + "\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{FFFD}\u{2122}љ\u{203A}њќћџ"
        + "\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё\u{2116}є»јЅѕї"
        + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
        + "абвгдежзийклмнопрстуфхцчшщъыьэюя"
    case .windows1252:
      return "\u{20AC}\u{FFFD}\u{201A}ƒ\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}Š\u{2039}Œ\u{FFFD}"
        + "Ž\u{FFFD}\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}˜\u{2122}š"
        + "\u{203A}œ\u{FFFD}žŸ"
        + "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿"
        + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
        + "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
    case .windows1253:
      return "\u{20AC}\u{FFFD}\u{201A}ƒ\u{201E}\u{2026}\u{2020}\u{2021}\u{FFFD}\u{2030}\u{FFFD}\u{2039}"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}"
        + "\u{2014}\u{FFFD}\u{2122}\u{FFFD}\u{203A}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{A0}΅Ά£¤¥¦§¨©\u{FFFD}«¬\u{AD}®\u{2015}°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ"
        + "ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\u{FFFD}ΣΤΥΦΧΨΩΪΫάέήί"
        + "ΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\u{FFFD}"
    case .windows1254:
      return "\u{20AC}\u{FFFD}\u{201A}ƒ\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}Š\u{2039}Œ\u{FFFD}"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}˜\u{2122}š"
        + "\u{203A}œ\u{FFFD}\u{FFFD}Ÿ"
        + "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿"
        + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞß"
        + "àáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ"
    case .windows1255:
      return "\u{20AC}\u{FFFD}\u{201A}ƒ\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{FFFD}\u{2039}"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}"
        + "\u{2014}˜\u{2122}\u{FFFD}\u{203A}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{A0}¡¢£\u{20AA}¥¦§¨©×«¬\u{AD}®¯°±²³´µ¶·¸¹÷»¼½¾¿"
        + "\u{5B0}\u{5B1}\u{5B2}\u{5B3}\u{5B4}\u{5B5}\u{5B6}\u{5B7}\u{5B8}\u{5B9}\u{FFFD}\u{5BB}"
        + "\u{5BC}\u{5BD}\u{5BE}\u{5BF}\u{5C0}\u{5C1}\u{5C2}\u{5C3}\u{5F0}\u{5F1}\u{5F2}\u{5F3}"
        + "\u{5F4}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}\u{5D5}\u{5D6}\u{5D7}\u{5D8}\u{5D9}\u{5DA}\u{5DB}"
        + "\u{5DC}\u{5DD}\u{5DE}\u{5DF}\u{5E0}\u{5E1}\u{5E2}\u{5E3}\u{5E4}\u{5E5}\u{5E6}\u{5E7}"
        + "\u{5E8}\u{5E9}\u{5EA}\u{FFFD}\u{FFFD}\u{200E}\u{200F}\u{FFFD}"
    case .windows1256:
      return "\u{20AC}\u{67E}\u{201A}ƒ\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{679}\u{2039}Œ"
        + "\u{686}\u{698}\u{688}\u{6AF}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}"
        + "\u{6A9}\u{2122}\u{691}\u{203A}œ\u{200C}\u{200D}\u{6BA}"
        + "\u{A0}\u{60C}¢£¤¥¦§¨©\u{6BE}«¬\u{AD}®¯°±²³´µ¶·¸¹\u{61B}»¼½¾\u{61F}"
        + "\u{6C1}\u{621}\u{622}\u{623}\u{624}\u{625}\u{626}\u{627}\u{628}\u{629}\u{62A}\u{62B}"
        + "\u{62C}\u{62D}\u{62E}\u{62F}\u{630}\u{631}\u{632}\u{633}\u{634}\u{635}\u{636}×\u{637}"
        + "\u{638}\u{639}\u{63A}\u{640}\u{641}\u{642}\u{643}"
        + "à\u{644}â\u{645}\u{646}\u{647}\u{648}çèéêë\u{649}\u{64A}îï\u{64B}\u{64C}\u{64D}\u{64E}ô"
        + "\u{64F}\u{650}÷\u{651}ù\u{652}ûü\u{200E}\u{200F}\u{6D2}"
    case .windows1257:
      return "\u{20AC}\u{FFFD}\u{201A}\u{FFFD}\u{201E}\u{2026}\u{2020}\u{2021}\u{FFFD}\u{2030}\u{FFFD}"
        + "\u{2039}\u{FFFD}¨\u{2C7}¸\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}"
        + "\u{FFFD}\u{2122}\u{FFFD}\u{203A}\u{FFFD}¯˛\u{FFFD}"
        + "\u{A0}\u{FFFD}¢£¤\u{FFFD}¦§Ø©Ŗ«¬\u{AD}®Æ°±²³´µ¶·ø¹ŗ»¼½¾æ"
        + "ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß"
        + "ąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙"
    case .windows1258:
      return "\u{20AC}\u{FFFD}\u{201A}ƒ\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{FFFD}\u{2039}Œ"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}˜"
        + "\u{2122}\u{FFFD}\u{203A}œ\u{FFFD}\u{FFFD}Ÿ"
        + "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿"
        + "ÀÁÂĂÄÅÆÇÈÉÊË\u{300}ÍÎÏĐÑ\u{309}ÓÔƠÖ×ØÙÚÛÜƯ\u{303}ß"
        + "àáâăäåæçèéêë\u{301}íîïđñ\u{323}óôơö÷øùúûüư\u{20AB}ÿ"
    case .iso8859Part1:
      return "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿"
        + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
        + "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
    case .iso8859Part2:
      return "\u{A0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{AD}ŽŻ°ą˛ł´ľś\u{2C7}¸šşťź˝žż"
        + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß"
        + "ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"
    case .iso8859Part3:
      return "\u{A0}Ħ˘£¤\u{FFFD}Ĥ§¨İŞĞĴ\u{AD}\u{FFFD}Ż°ħ²³´µĥ·¸ışğĵ½\u{FFFD}ż"
        + "ÀÁÂ\u{FFFD}ÄĊĈÇÈÉÊËÌÍÎÏ\u{FFFD}ÑÒÓÔĠÖ×ĜÙÚÛÜŬŜß"
        + "àáâ\u{FFFD}äċĉçèéêëìíîï\u{FFFD}ñòóôġö÷ĝùúûüŭŝ˙"
    case .iso8859Part4:
      return "\u{A0}ĄĸŖ¤ĨĻ§¨ŠĒĢŦ\u{AD}Ž¯°ą˛ŗ´ĩļ\u{2C7}¸šēģŧŊžŋ"
        + "ĀÁÂÃÄÅÆĮČÉĘËĖÍÎĪĐŅŌĶÔÕÖ×ØŲÚÛÜŨŪß"
        + "āáâãäåæįčéęëėíîīđņōķôõö÷øųúûüũū˙"
    case .iso8859Part5:
      return "\u{A0}ЁЂЃЄЅІЇЈЉЊЋЌ\u{AD}ЎЏАБВГДЕЖЗИЙКЛМНОП"
        + "РСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп"
        + "рстуфхцчшщъыьэюя\u{2116}ёђѓєѕіїјљњћќ§ўџ"
    case .iso8859Part6:
      return "\u{A0}\u{FFFD}\u{FFFD}\u{FFFD}¤\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{60C}\u{AD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{61B}\u{FFFD}\u{FFFD}\u{FFFD}\u{61F}"
        + "\u{FFFD}\u{621}\u{622}\u{623}\u{624}\u{625}\u{626}\u{627}\u{628}\u{629}\u{62A}\u{62B}"
        + "\u{62C}\u{62D}\u{62E}\u{62F}\u{630}\u{631}\u{632}\u{633}\u{634}\u{635}\u{636}\u{637}"
        + "\u{638}\u{639}\u{63A}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{640}\u{641}\u{642}\u{643}\u{644}\u{645}\u{646}\u{647}\u{648}\u{649}\u{64A}\u{64B}"
        + "\u{64C}\u{64D}\u{64E}\u{64F}\u{650}\u{651}\u{652}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
    case .iso8859Part7:
      return "\u{A0}\u{2018}\u{2019}£\u{20AC}\u{20AF}¦§¨©\u{37A}«¬\u{AD}\u{FFFD}\u{2015}°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏ"
        + "ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\u{FFFD}ΣΤΥΦΧΨΩΪΫάέήί"
        + "ΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\u{FFFD}"
    case .iso8859Part8:
      return "\u{A0}\u{FFFD}¢£¤¥¦§¨©×«¬\u{AD}®¯°±²³´µ¶·¸¹÷»¼½¾\u{FFFD}"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        + "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{2017}"
        + "\u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}\u{5D5}\u{5D6}\u{5D7}\u{5D8}\u{5D9}\u{5DA}\u{5DB}"
        + "\u{5DC}\u{5DD}\u{5DE}\u{5DF}\u{5E0}\u{5E1}\u{5E2}\u{5E3}\u{5E4}\u{5E5}\u{5E6}\u{5E7}"
        + "\u{5E8}\u{5E9}\u{5EA}\u{FFFD}\u{FFFD}\u{200E}\u{200F}\u{FFFD}"
    case .iso8859Part9:
      return "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿"
        + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞß"
        + "àáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ"
    case .iso8859Part10:
      return "\u{A0}ĄĒĢĪĨĶ§ĻĐŠŦŽ\u{AD}ŪŊ°ąēģīĩķ·ļđšŧž\u{2015}ūŋ"
        + "ĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞß"
        + "āáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ"
    case .iso8859Part11:
      return "\u{A0}\u{E01}\u{E02}\u{E03}\u{E04}\u{E05}\u{E06}\u{E07}\u{E08}\u{E09}\u{E0A}\u{E0B}\u{E0C}"
        + "\u{E0D}\u{E0E}\u{E0F}\u{E10}\u{E11}\u{E12}\u{E13}\u{E14}\u{E15}\u{E16}\u{E17}\u{E18}"
        + "\u{E19}\u{E1A}\u{E1B}\u{E1C}\u{E1D}\u{E1E}\u{E1F}"
        + "\u{E20}\u{E21}\u{E22}\u{E23}\u{E24}\u{E25}\u{E26}\u{E27}\u{E28}\u{E29}\u{E2A}\u{E2B}"
        + "\u{E2C}\u{E2D}\u{E2E}\u{E2F}\u{E30}\u{E31}\u{E32}\u{E33}\u{E34}\u{E35}\u{E36}\u{E37}"
        + "\u{E38}\u{E39}\u{E3A}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{E3F}"
        + "\u{E40}\u{E41}\u{E42}\u{E43}\u{E44}\u{E45}\u{E46}\u{E47}\u{E48}\u{E49}\u{E4A}\u{E4B}"
        + "\u{E4C}\u{E4D}\u{E4E}\u{E4F}\u{E50}\u{E51}\u{E52}\u{E53}\u{E54}\u{E55}\u{E56}\u{E57}"
        + "\u{E58}\u{E59}\u{E5A}\u{E5B}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
    case .iso8859Part13:
      return "\u{A0}\u{201D}¢£¤\u{201E}¦§Ø©Ŗ«¬\u{AD}®Æ°±²³\u{201C}µ¶·ø¹ŗ»¼½¾æ"
        + "ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß"
        + "ąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž\u{2019}"
    case .iso8859Part14:
      return "\u{A0}\u{1E02}\u{1E03}£Ċċ\u{1E0A}§\u{1E80}©\u{1E82}\u{1E0B}\u{1EF2}\u{AD}®Ÿ\u{1E1E}"
        + "\u{1E1F}Ġġ\u{1E40}\u{1E41}¶\u{1E56}\u{1E81}\u{1E57}\u{1E83}\u{1E60}\u{1EF3}\u{1E84}"
        + "\u{1E85}\u{1E61}"
        + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖ\u{1E6A}ØÙÚÛÜÝŶß"
        + "àáâãäåæçèéêëìíîïŵñòóôõö\u{1E6B}øùúûüýŷÿ"
    case .iso8859Part15:
      return "\u{A0}¡¢£\u{20AC}¥Š§š©ª«¬\u{AD}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿"
        + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
        + "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
    case .iso8859Part16:
      return "\u{A0}ĄąŁ\u{20AC}\u{201E}Š§š©Ș«Ź\u{AD}źŻ°±ČłŽ\u{201D}¶·žčș»ŒœŸż"
        + "ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚß"
        + "àáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ"
    default: return nil
    }
  }
}

extension TextEncoding {
  /// Unicode scalars of the bytes 0x80 to 0xFF, 0xFFFD where a byte means nothing; nil when not single-byte.
  var upperHalf: [UInt16]? { isSingleByte ? CodePages.upperHalf(self) : nil }
}
