package jp.musubi.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells of a problem: a page for people, {@code application/problem+json} (RFC 9457) for programs,
 * by what the request accepts. Needs neither a session nor the database, so it can also tell that
 * those are gone.
 */
@Component
public class Problems {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ITemplateEngine templates;
  private final MessageSource messages;
  private final JsonMapper json;
  private final boolean trial;

  Problems(
      ITemplateEngine templates, MessageSource messages, JsonMapper json, Environment environment) {
    this.templates = templates;
    this.messages = messages;
    this.json = json;
    this.trial = environment.getProperty("musubi.trial.enabled", Boolean.class, false);
  }

  /** What the page prints. */
  record ProblemPage(
      int status, String title, String happened, String kept, String next, String requestId) {}

  /** Answers with the problem. */
  public void write(HttpServletRequest request, HttpServletResponse response, ProblemKind kind)
      throws IOException {
    write(request, response, kind, SOON);
  }

  /** Answers with the problem; a part that does not answer may do so after {@code retryAfter}. */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      ProblemKind kind,
      Duration retryAfter)
      throws IOException {
    var reading = Reading.of(request);
    var page = page(request, kind, reading.locale());
    response.resetBuffer();
    response.setStatus(kind.status().value());
    if (kind == ProblemKind.UNAVAILABLE || kind == ProblemKind.TOO_MANY) {
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
    }
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    if (wantsJson(request)) {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.getOutputStream().write(json.writeValueAsBytes(detail(kind, page)));
      return;
    }
    response.setContentType("text/html");
    var exchange =
        JakartaServletWebApplication.buildApplication(request.getServletContext())
            .buildExchange(request, response);
    var shell = new Shell(trial, "", "", "", "", List.of(), null);
    var html =
        templates.process(
            "problem",
            new WebContext(
                exchange,
                reading.locale(),
                Map.of("problem", page, "shell", shell, "reading", reading)));
    response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Answers a program with a problem of a feature's own.
   *
   * @param code stable, of lower-case letters, digits, dots and hyphens
   * @param more further members, beside those of RFC 9457
   */
  public void tell(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      String code,
      String title,
      String detail,
      Map<String, Object> more)
      throws IOException {
    response.resetBuffer();
    response.setStatus(status.value());
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    var told = members(code, title, status.value(), detail, requestId(request));
    told.putAll(more);
    response.getOutputStream().write(json.writeValueAsBytes(told));
  }

  private ProblemPage page(HttpServletRequest request, ProblemKind kind, Locale locale) {
    return new ProblemPage(
        kind.status().value(),
        word(kind, "title", locale),
        word(kind, "happened", locale),
        word(kind, "kept", locale),
        word(kind, "next", locale),
        requestId(request));
  }

  private static String requestId(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getAttribute(RequestEdge.REQUEST_ID), "").toString();
  }

  private String word(ProblemKind kind, String part, Locale locale) {
    return messages.getMessage("problem." + kind.code() + "." + part, null, locale);
  }

  private static Map<String, Object> detail(ProblemKind kind, ProblemPage page) {
    return members(
        kind.code(), page.title(), page.status(), page.happened() + page.next(), page.requestId());
  }

  private static Map<String, Object> members(
      String code, String title, int status, String detail, String requestId) {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", "urn:musubi:problem:" + code);
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    members.put("code", code);
    members.put("requestId", requestId);
    return members;
  }

  /** Whether the asker is a program: it calls the API, or names JSON and not HTML. */
  public static boolean wantsJson(HttpServletRequest request) {
    if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
      return true;
    }
    var accept = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
    return accept.contains("json") && !accept.contains("text/html");
  }
}
