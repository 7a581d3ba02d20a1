package jp.musubi.closure;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.evidence.ReportPdf;
import jp.musubi.platform.NotFound;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** 消去報告書, for the operators to hand to the body. */
@Controller
@Needs(Act.CARRY_OUT_CLOSURE)
@RequestMapping("/closures/{id}")
class ReportController {
  private final Closures closures;
  private final ReportPaper paper;

  ReportController(Closures closures, ReportPaper paper) {
    this.closures = closures;
    this.paper = paper;
  }

  @GetMapping("/report.pdf")
  void pdf(@PathVariable UUID id, HttpServletResponse response) throws IOException {
    var json = report(id);
    var report = ErasureReport.parse(json);
    attach(response, MediaType.APPLICATION_PDF_VALUE, report, ".pdf");
    ReportPdf.write(paper.of(json), report.endedAt(), response.getOutputStream());
  }

  @GetMapping("/report.json")
  void json(@PathVariable UUID id, HttpServletResponse response) throws IOException {
    var json = report(id);
    attach(response, MediaType.APPLICATION_JSON_VALUE, ErasureReport.parse(json), ".json");
    response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
  }

  private String report(UUID id) {
    return Optional.ofNullable(closures.get(id).report())
        .orElseThrow(() -> new NotFound("report of closure " + id));
  }

  private static void attach(
      HttpServletResponse response, String type, ErasureReport report, String suffix) {
    response.setContentType(type);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("消去報告書_" + report.bodyCode() + suffix, StandardCharsets.UTF_8)
            .build()
            .toString());
  }
}
