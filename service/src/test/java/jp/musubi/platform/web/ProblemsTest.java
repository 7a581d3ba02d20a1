package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.NotPermitted;
import jp.musubi.platform.PeopleFirst;
import jp.musubi.platform.Unavailable;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Problems are told without a database, a session or anybody signed in. */
@DisplayName("問題の知らせ")
@SpringBootTest(
    classes = ProblemsTest.Broken.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProblemsTest {
  @LocalServerPort int port;

  @ParameterizedTest(name = "{0} は {1}")
  @DisplayName("起きたことに合う番号で答える")
  @CsvSource({
    "/throws/missing, 404, not-found",
    "/throws/refused, 403, forbidden",
    "/throws/changed, 409, conflict",
    "/throws/away, 503, unavailable",
    "/throws/database, 503, unavailable",
    "/throws/damaged, 500, internal",
    "/throws/argument, 500, internal",
    "/numbers/x, 404, not-found",
    "/count?n=x, 400, bad-request",
    "/count, 400, bad-request",
    "/nothing, 404, not-found",
    "/error, 404, not-found",
  })
  void answersWithTheStatusThatFits(String path, int status, String code) throws Exception {
    var page = get(path, "text/html");
    assertThat(page.statusCode()).isEqualTo(status);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    var html = Jsoup.parse(page.body());
    assertThat(html.select("h1")).hasSize(1);
    assertThat(html.select("dd")).hasSize(3);
    assertThat(html.text()).doesNotContain("??").doesNotContain("secret");
    assertThat(html.select("code").text())
        .isEqualTo(page.headers().firstValue("X-Request-Id").orElse("none"));

    var json = get(path, "application/json");
    assertThat(json.statusCode()).isEqualTo(status);
    assertThat(json.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(json.body())
        .contains("\"type\":\"urn:musubi:problem:" + code + "\"")
        .contains("\"status\":" + status)
        .doesNotContain("secret");
  }

  @Test
  @DisplayName("応答しないときは、いつ試せばよいかを伝える")
  void saysWhenToTryAgain() throws Exception {
    assertThat(get("/throws/away", "text/html").headers().firstValue("Retry-After")).hasValue("90");
  }

  @Test
  @DisplayName("受け付けない操作には、受け付ける操作を伝える")
  void saysWhichMethodsThereAre() throws Exception {
    var answer =
        send(request("/count", "text/html").POST(HttpRequest.BodyPublishers.noBody()).build());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("どの問題にも、起きたこと・残ったもの・いますることの言葉がある")
  @EnumSource(ProblemKind.class)
  void hasWordsForEveryKind(ProblemKind kind) throws Exception {
    var page = get("/throws/kind?kind=" + kind, "text/html");
    assertThat(page.statusCode()).isEqualTo(kind.status().value());
    assertThat(Jsoup.parse(page.body()).select("dd").eachText())
        .hasSize(3)
        .allMatch(words -> words.endsWith("。"));
  }

  private HttpResponse<String> get(String path, String accept)
      throws IOException, InterruptedException {
    return send(request(path, accept).build());
  }

  private HttpRequest.Builder request(String path, String accept) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Accept", accept);
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import({
    WebConfiguration.class,
    ShellAdvice.class,
    RequestEdge.class,
    Problems.class,
    ProblemAdvice.class,
    ContainerErrors.class,
    Throwing.class
  })
  static class Broken {
    @Bean
    PeopleFirst peopleFirst() {
      return new PeopleFirst(1);
    }

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    SecurityFilterChain open(HttpSecurity http) {
      return http.authorizeHttpRequests(all -> all.anyRequest().permitAll())
          .csrf(csrf -> csrf.disable())
          .build();
    }
  }

  @Controller
  static class Throwing {
    private final Problems problems;

    Throwing(Problems problems) {
      this.problems = problems;
    }

    @GetMapping("/throws/missing")
    String missing() {
      throw new NotFound("secret");
    }

    @GetMapping("/throws/refused")
    String refused() {
      throw new NotPermitted("secret");
    }

    @GetMapping("/throws/changed")
    String changed() {
      throw new ConcurrentChange("secret");
    }

    @GetMapping("/throws/away")
    String away() {
      throw new Unavailable("secret", Duration.ofSeconds(90), new IOException("secret"));
    }

    @GetMapping("/throws/database")
    String database() {
      throw new DataAccessResourceFailureException("secret");
    }

    @GetMapping("/throws/damaged")
    String damaged() {
      throw new IntegrityBroken("secret");
    }

    @GetMapping("/throws/argument")
    String argument() {
      throw new IllegalArgumentException("secret");
    }

    @GetMapping("/throws/kind")
    void kind(
        @RequestParam ProblemKind kind,
        jakarta.servlet.http.HttpServletRequest request,
        jakarta.servlet.http.HttpServletResponse response)
        throws IOException {
      problems.write(request, response, kind);
    }

    @GetMapping("/numbers/{n}")
    String number(@PathVariable int n) {
      throw new NotFound("secret " + n);
    }

    @GetMapping("/count")
    String count(@RequestParam int n) {
      throw new NotFound("secret " + n);
    }
  }

  @Test
  @DisplayName("取り消しもできないうちに切れたデータベースは、使えないと言う")
  void callsADatabaseGoneThatCouldNotEvenRollBack() {
    var undone =
        new TransactionSystemException("JDBC rollback failed", new SQLException("is closed"));
    assertThat(ProblemKind.of(undone)).isEqualTo(ProblemKind.INTERNAL);
    undone.initApplicationException(
        new UncategorizedSQLException("read", null, new SQLException("is closed")));
    assertThat(ProblemKind.of(undone)).isEqualTo(ProblemKind.UNAVAILABLE);
  }

  @Test
  @DisplayName("大きすぎるファイルは、入口で読んだときでも「大きすぎます」と答える")
  void callsAFileTooLargeWhereverItIsNoticed() {
    assertThat(
            ProblemKind.of(
                new jakarta.servlet.ServletException(
                    new InvalidParameterException(new java.io.IOException("too large"), 413))))
        .isEqualTo(ProblemKind.TOO_LARGE);
  }
}
