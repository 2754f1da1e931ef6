extension HolidayCountry {
  /// Código do Trabalho, article 234. The municipalities' days are their own.
  static let portugal = HolidayCountry(
    code: "PT", language: "pt",
    rules: [
      HolidayRule("Ano Novo", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Sexta-feira Santa", "Good Friday", .easter(-2)),
      HolidayRule("Páscoa", "Easter Sunday", .easter(0)),
      HolidayRule("Dia da Liberdade", "Freedom Day", .fixed(4, 25)),
      HolidayRule("Dia do Trabalhador", "Labour Day", .fixed(5, 1)),
      HolidayRule("Corpo de Deus", "Corpus Christi", .easter(60)),
      HolidayRule(
        "Dia de Portugal, de Camões e das Comunidades Portuguesas", "Day of Portugal", .fixed(6, 10)),
      HolidayRule("Assunção de Nossa Senhora", "Assumption Day", .fixed(8, 15)),
      HolidayRule("Implantação da República", "Republic Day", .fixed(10, 5)),
      HolidayRule("Dia de Todos os Santos", "All Saints' Day", .fixed(11, 1)),
      HolidayRule("Restauração da Independência", "Restoration of Independence", .fixed(12, 1)),
      HolidayRule("Imaculada Conceição", "Immaculate Conception", .fixed(12, 8)),
      HolidayRule("Dia de Natal", "Christmas Day", .fixed(12, 25)),
    ])
}
