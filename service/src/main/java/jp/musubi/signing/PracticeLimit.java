package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import jp.musubi.platform.web.ProblemKind;
import jp.musubi.platform.web.Problems;
import org.springframework.web.servlet.HandlerInterceptor;

/** Stands before the pages of practice, so that they take nothing from the real ones. */
final class PracticeLimit implements HandlerInterceptor {
  private final Bucket bucket;
  private final Problems problems;
  private final Clock clock;

  PracticeLimit(Bucket bucket, Problems problems, Clock clock) {
    this.bucket = bucket;
    this.problems = problems;
    this.clock = clock;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (bucket.take(clock.instant())) {
      return true;
    }
    problems.write(request, response, ProblemKind.TOO_MANY);
    return false;
  }
}
