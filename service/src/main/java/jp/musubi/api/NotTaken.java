package jp.musubi.api;

import java.util.Map;

/** A call that cannot be taken as it is, on its way to the answer that says why. */
final class NotTaken extends RuntimeException {
  private final ApiProblem problem;
  private final transient Map<String, Object> more;

  NotTaken(ApiProblem problem, Map<String, Object> more) {
    super(problem.code());
    this.problem = problem;
    this.more = Map.copyOf(more);
  }

  ApiProblem problem() {
    return problem;
  }

  /** Further members of the answer. */
  Map<String, Object> more() {
    return more;
  }
}
