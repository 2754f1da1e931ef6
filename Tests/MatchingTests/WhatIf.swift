@testable import Matching

/// The answers of which ``AssignmentAlternatives`` gives the best, one by one, each by solving the component again.
extension AssignmentAlternatives {
  /// What changes when the pair is locked; nil when it is not a free allowed pair.
  func forcing(left: Int32, right: Int32) -> AssignmentChange? {
    locate(left, right).map { locking($0.component, $0.place) }
  }

  /// What changes when the pair is forbidden; nil when it is not a free allowed pair.
  func forbidding(left: Int32, right: Int32) -> AssignmentChange? {
    guard let (component, removed) = locate(left, right) else { return nil }
    let graph = components[component].graph.filtered { _, place in place != removed }
    return change(component, to: AssignmentProblem(part: graph).solve(assignment.objective, parallel: false))
  }

  private func locate(_ left: Int32, _ right: Int32) -> (component: Int, place: Int)? {
    guard leftHome.indices.contains(Int(left)), rightHome.indices.contains(Int(right)),
      let a = leftHome[Int(left)], let b = rightHome[Int(right)], a.component == b.component,
      let place = networks[a.component].graph.place(left: a.node, right: b.node)
    else { return nil }
    return (a.component, place)
  }
}

extension AssignmentAlternative {
  /// Under `total` the worst score is not compared, and no answer settles it.
  func judged(by objective: AssignmentObjective) -> AssignmentAlternative {
    var judged = self
    if objective == .total { judged.change.part.worst = nil }
    return judged
  }
}
