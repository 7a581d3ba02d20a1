package jp.musubi.closure;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** データの一式: made, and taken part by part; a part that broke off is taken again. */
@Controller
@Needs(Act.CLOSE_BODY)
@RequestMapping(HandoverController.PATH)
class HandoverController {
  static final String PATH = "/closure/handover";

  private final Handovers handovers;
  private final HandoverPart parts;
  private final ClosurePages pages;
  private final Book book;

  HandoverController(Handovers handovers, HandoverPart parts, ClosurePages pages, Book book) {
    this.handovers = handovers;
    this.parts = parts;
    this.pages = pages;
    this.book = book;
  }

  @GetMapping
  ModelAndView show() {
    var all = handovers.all();
    var tables = new ArrayList<Sheet.Table>();
    tables.add(
        new Sheet.Table(
            Text.of("handover.made"),
            List.of("handover.at", "handover.rows", "handover.files", "handover.manifest"),
            all.stream().map(this::row).toList(),
            "handover.none"));
    if (!all.isEmpty()) {
      tables.add(parts(all.getFirst()));
    }
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("handover.heading"),
                pages.crumbs(
                    "closure.heading",
                    ClosureController.PATH,
                    book.crumb("handover.heading", PATH)))
            .led(Text.of("handover.lead"))
            .doing(List.of(Sheet.Action.press("handover.make", PATH, Map.of())))
            .listing(tables));
  }

  private List<Sheet.Cell> row(WholeHandover made) {
    return List.of(
        Sheet.Cell.of(JapaneseDates.time(made.madeAt())).noted(made.madeName()),
        Sheet.Cell.of(String.valueOf(made.rows())),
        Sheet.Cell.of(String.valueOf(made.files())),
        Sheet.Cell.of(made.manifest()));
  }

  private Sheet.Table parts(WholeHandover newest) {
    var rows = new ArrayList<List<Sheet.Cell>>();
    for (var part = 1; part <= newest.parts(); part++) {
      rows.add(
          List.of(
              Sheet.Cell.link(
                  book.of("handover.part.of", part, newest.parts()),
                  PATH + "/" + newest.id() + "/parts/" + part + ".zip")));
    }
    return new Sheet.Table(
        Text.of("handover.parts"), List.of("handover.part"), rows, "handover.parts.none");
  }

  @PostMapping
  void make(
      @AuthenticationPrincipal SignedInStaff person,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    // Whole before the first byte goes out, so that half a set is never taken for one.
    var file = Files.createTempFile("musubi-handover-", ".zip");
    try {
      var made = handovers.make(person.member(), person.bodyName(), request.getRemoteAddr(), file);
      attach(response, "引継ぎ_記録_" + made.id() + ".zip");
      response.setContentLengthLong(Files.size(file));
      Files.copy(file, response.getOutputStream());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @GetMapping("/{handover}/parts/{part}.zip")
  void part(@PathVariable UUID handover, @PathVariable int part, HttpServletResponse response)
      throws IOException {
    var files = handovers.part(handover, part);
    if (files.isEmpty()) {
      throw new NotFound("part %d of hand-over %s".formatted(part, handover));
    }
    attach(response, "引継ぎ_ファイル_%03d_%s.zip".formatted(part, handover));
    parts.write(files, response.getOutputStream());
  }

  private static void attach(HttpServletResponse response, String name) {
    response.setContentType("application/zip");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
  }
}
