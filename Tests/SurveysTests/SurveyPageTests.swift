import Basics
import Foundation
import Regions
import TestSupport
import Testing

@testable import Surveys

@Suite struct SurveyPageTests {
  /// Every byte of a page. After a change that is meant: `RECORD=1` records it; look at it in a browser.
  @Test func thePageIsTheGoldenFile() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/survey-page.html")
    let html = try PublishedSurvey().html
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Data(html.utf8).write(to: file)
    }
    #expect(try html == String(contentsOf: file, encoding: .utf8))
  }

  @Test func nothingGetsIntoItsMarkupAndNothingIsLoaded() throws {
    let html = try PublishedSurvey().html
    for word in ["<script", "onload=x\"", "src=", "@import", "url(", "http:", "https:"] {
      #expect(
        !html.replacingOccurrences(of: MarkupText.escaped(PublishedSurvey.hostile), with: "").contains(word),
        "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
    #expect(html.components(separatedBy: "</style>").count == 2)
  }

  @Test func aReaderWithoutEyesOrMouseFindsEverything() throws {
    let html = try PublishedSurvey().html
    #expect(html.contains("<html lang=\"de\">"))
    for mark in ["<header>", "<nav aria-label=", "<main id=\"results\"", "class=\"skip\" href=\"#results\""] {
      #expect(html.contains(mark), "\(mark)")
    }
    // Each plot has a name, and a table that can be scrolled by the keyboard.
    #expect(html.components(separatedBy: "<svg ").count == html.components(separatedBy: "role=\"img\"").count)
    #expect(html.components(separatedBy: "<svg ").count == html.components(separatedBy: "<title id=").count)
    #expect(
      html.components(separatedBy: "<table>").count == html.components(separatedBy: "role=\"region\"").count)
    #expect(html.components(separatedBy: "<table>").count == html.components(separatedBy: "<caption>").count)
    let ids = html.components(separatedBy: " id=\"").dropFirst().compactMap {
      $0.split(separator: "\"").first
    }
    #expect(Set(ids).count == ids.count)
  }

  /// No width or label of the page comes from a cell that is withheld.
  @Test func aWithheldCellHasItsReasonAndNoMark() throws {
    var survey = try PublishedSurvey()
    survey.table.survey.questions = [survey.table.survey.questions[0]]
    survey.table.survey.scales = []
    survey.table.cells = ["Köln", "Bonn"].map {
      PublishedTable.Cell(slice: Slice([$0]), questions: [.hidden(.tooFew)])
    }
    let html = survey.html
    // In the plot and in the table, of either.
    #expect(html.components(separatedBy: "nicht ausgewiesen: weniger als 5 Personen").count == 5)
    let body = html.components(separatedBy: "<main").last ?? ""
    #expect(
      !body.contains("<rect class=\"rate\"") && !body.contains("class=\"mark\"") && !body.contains("%<"))
  }

  @Test func figuresThatAreNoNumbersStopNothing() throws {
    var survey = try PublishedSurvey()
    var odd = QuestionFigures(asked: 0, answered: 0)
    odd.counts = [0, 0, 0, 0, 0]
    odd.mean = Estimate(value: .nan, low: -.infinity, high: .infinity)
    (odd.rate, odd.nps, odd.top) = (odd.mean, odd.mean, odd.mean)
    (odd.median, odd.lowerQuartile, odd.upperQuartile) = (.nan, -.infinity, .infinity)
    var change = ChangeFigures(people: 0)
    change.change = odd.mean
    survey.table.cells = [
      PublishedTable.Cell(
        slice: Slice([nil]), questions: Array(repeating: .figures(odd), count: 5),
        scales: [.figures(ScaleFigures(complete: 0, alpha: odd.mean, mean: .nan))],
        changes: Array(repeating: .figures(change), count: 5))
    ]
    let html = survey.html
    #expect(!html.contains("nan") && !html.contains("inf\""))
  }

  @Test func inABrowserTheKeyboardReachesPlotsTablesAndLinks() throws {
    let dom = try Browser.dump(PublishedSurvey().html)
    #expect(dom.contains("<title>Zwischenbilanz 2026</title>"))
    #expect(dom.components(separatedBy: "<tr>").count > 8)
    #expect(dom.components(separatedBy: "<rect ").count > 30)
  }
}
