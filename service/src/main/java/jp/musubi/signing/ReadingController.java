package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import jp.musubi.contract.NewestVersions;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Reading: all pages as pictures one below the other, each also as text. The session notes what was
 * handed over, which is what must be complete before anybody agrees.
 */
@Controller
@RequestMapping("/s/{body}/{link}")
class ReadingController {
  private final Doorkeeper doorkeeper;
  private final Entrance entrance;
  private final Ceremony ceremony;
  private final Documents documents;
  private final NewestVersions newest;
  private final Pages pages;

  ReadingController(
      Doorkeeper doorkeeper,
      Entrance entrance,
      Ceremony ceremony,
      Documents documents,
      NewestVersions newest,
      Pages pages) {
    this.doorkeeper = doorkeeper;
    this.entrance = entrance;
    this.ceremony = ceremony;
    this.documents = documents;
    this.newest = newest;
    this.pages = pages;
  }

  @GetMapping("/read")
  @Nullable String read(
      @PathVariable String body,
      @PathVariable String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body, link, model, request, response, (visit, _) -> read(visit, model, request));
  }

  private String read(Visit visit, Model model, HttpServletRequest request) {
    if (visit.standing().isEnded()) {
      return pages.ended(visit, model);
    }
    var contract = visit.contract();
    var document = contract.shownFile();
    ceremony.opened(visit, Visitor.of(request), document);
    var missing =
        Grants.missing(request.getSession(false), visit.link().id(), document, contract.pages());
    return scene(visit, request.getParameter("missing") == null ? List.of() : missing, model);
  }

  /**
   * The page.
   *
   * @param missing pages to be shown before anybody may go on, when somebody has tried to
   */
  String scene(Visit visit, Collection<Integer> missing, Model model) {
    var contract = visit.contract();
    pages.frame(model, visit);
    model.addAttribute("numbers", IntStream.rangeClosed(1, contract.pages()).boxed().toList());
    model.addAttribute("card", pages.card(contract));
    model.addAttribute("decides", visit.standing() == Standing.TO_DECIDE);
    model.addAttribute("asks", visit.standing().isOpen());
    model.addAttribute("version", contract.shownFile().shortHex());
    model.addAttribute("missing", missing);
    model.addAttribute("enclosures", pages.enclosures(visit));
    return "signing/read";
  }

  /** One page as text, for reading aloud, large letters and slow lines. */
  @GetMapping("/read/{page}")
  @Nullable String text(
      @PathVariable String body,
      @PathVariable String link,
      @PathVariable int page,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body, link, model, request, response, (visit, _) -> text(visit, page, model, request));
  }

  private String text(Visit visit, int page, Model model, HttpServletRequest request) {
    insist(visit, page);
    var document = visit.contract().shownFile();
    ceremony.pageOpened(visit, Visitor.of(request), document, page);
    var text = documents.text(document, page);
    // A scanned page has no text; showing none hands nothing over.
    if (!text.isEmpty()) {
      Grants.delivered(request.getSession(), visit.link().id(), document, page);
    }
    return textScene(visit, page, text, model);
  }

  /** One page's text as a page. */
  String textScene(Visit visit, int page, String text, Model model) {
    pages.frame(model, visit);
    model.addAttribute("number", page);
    model.addAttribute("text", text);
    model.addAttribute("decides", visit.standing() == Standing.TO_DECIDE);
    return "signing/text";
  }

  /** One page as a picture. */
  @GetMapping("/pages/{page}.png")
  ResponseEntity<byte[]> image(
      @PathVariable String link, @PathVariable int page, HttpServletRequest request) {
    return switch (doorkeeper.judge(link, request)) {
      case Admission.Shut _, Admission.CodeWanted _ ->
          ResponseEntity.status(HttpServletResponse.SC_FORBIDDEN).build();
      case Admission.Admitted(var visit, _) -> {
        insist(visit, page);
        var document = visit.contract().shownFile();
        ceremony.pageOpened(visit, Visitor.of(request), document, page);
        var image = documents.image(document, page);
        Grants.delivered(request.getSession(), visit.link().id(), document, page);
        yield ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(image);
      }
    };
  }

  /** 「ダウンロード」: the file as it stands, with all signatures made so far. */
  @GetMapping("/document")
  @Nullable String document(
      @PathVariable String body,
      @PathVariable String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> {
          insist(visit, 1);
          var contract = visit.contract();
          return send(
              visit, "contract", contract.shownFile(), contract.fileName(), request, response);
        });
  }

  /** 「締結証明書をダウンロード」: the counterparty's copy, the addresses of others masked. */
  @GetMapping("/certificate")
  @Nullable String certificate(
      @PathVariable String body,
      @PathVariable String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> {
          // Of what was disposed of the digest stays, and the bytes until they are erased.
          insist(visit, 1);
          var contract = visit.contract();
          var file =
              contract
                  .certificateMasked()
                  .orElseThrow(() -> new NotFound("certificate of contract " + contract.id()));
          var name = pages.text("signing.certificate.file", contract.number());
          return send(visit, "certificate", file, name, request, response);
        });
  }

  /** Writes the file into the response; nothing is left to render. */
  private @Nullable String send(
      Visit visit,
      String kind,
      Sha256 shown,
      String name,
      HttpServletRequest request,
      HttpServletResponse response) {
    var file = newest.of(visit.contract().id(), shown);
    ceremony.downloaded(visit, Visitor.of(request), kind, file);
    documents.send(file, name, response);
    return null;
  }

  private static void insist(Visit visit, int page) {
    if (page < 1 || page > visit.contract().pages() || visit.standing().isEnded()) {
      throw new NotFound("page " + page + " of contract " + visit.contract().id());
    }
  }
}
