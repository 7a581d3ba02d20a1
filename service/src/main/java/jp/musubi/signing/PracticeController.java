package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * 模擬締結, for anybody. The pages are those of a real contract, filled by the same methods, so that
 * practice cannot drift from them; nothing is stored, of the person or of the contract.
 */
@Controller
@RequestMapping(Practice.PATH)
class PracticeController {
  private final Practice practice;
  private final LandingController landing;
  private final ReadingController reading;
  private final AgreementController agreement;
  private final DoneController done;
  private final Pages pages;
  private final Clock clock;

  PracticeController(
      Practice practice,
      LandingController landing,
      ReadingController reading,
      AgreementController agreement,
      DoneController done,
      Pages pages,
      Clock clock) {
    this.practice = practice;
    this.landing = landing;
    this.reading = reading;
    this.agreement = agreement;
    this.done = done;
    this.pages = pages;
    this.clock = clock;
  }

  @ModelAttribute("practice")
  boolean practice() {
    return true;
  }

  @ModelAttribute("body")
  String body() {
    return Practice.BODY;
  }

  @GetMapping
  String start() {
    return "signing/practice";
  }

  /** Where the link in the mail would lead. */
  @GetMapping("/link")
  String link(Model model) {
    return landing.landing(visit(Standing.TO_DECIDE), "link", model);
  }

  @PostMapping("/link")
  String enter() {
    return "redirect:" + Practice.PATH + "/read";
  }

  @GetMapping("/read")
  String read(Model model) {
    return reading.scene(visit(Standing.TO_DECIDE), Set.of(), model);
  }

  @GetMapping("/read/{page}")
  String text(@PathVariable int page, Model model) {
    return reading.textScene(visit(Standing.TO_DECIDE), page, practice.text(page), model);
  }

  @GetMapping({"/pages/{page}.png", "/concluded/pages/{page}.png"})
  ResponseEntity<byte[]> image(@PathVariable int page) {
    return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(practice.image(page));
  }

  @GetMapping("/document")
  ResponseEntity<byte[]> document() {
    return pdf(practice.document(), "practice.file.document");
  }

  @GetMapping("/confirm")
  String confirm(Model model) {
    return agreement.form(visit(Standing.TO_DECIDE), Optional.empty(), null, model);
  }

  /** 「同意して署名する」: goes on, and that is all. */
  @PostMapping("/agreement")
  String agree(
      @RequestParam(defaultValue = "false") boolean authority,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (authority) {
      return "redirect:" + Practice.PATH + "/done";
    }
    response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
    model.addAttribute("reading", Reading.of(request).at(Practice.PATH + "/confirm"));
    return agreement.form(
        visit(Standing.TO_DECIDE),
        Optional.empty(),
        Text.of("signing.confirm.authority.missing"),
        model);
  }

  @GetMapping("/done")
  String done(Model model) {
    next(model, "/concluded", "practice.next.concluded");
    return done.agreed(visit(Standing.AGREED), model);
  }

  @GetMapping("/concluded")
  String concluded(Model model) {
    next(model, "/after", "practice.next.after");
    var page = done.concluded(visit(Standing.CONCLUDED), model);
    model.addAttribute("path", Practice.PATH + "/concluded");
    return page;
  }

  @GetMapping("/concluded/read")
  String readConcluded(Model model) {
    next(model, "/concluded", "practice.next.back");
    var page = reading.scene(visit(Standing.CONCLUDED), Set.of(), model);
    model.addAttribute("path", Practice.PATH + "/concluded");
    return page;
  }

  @GetMapping("/concluded/read/{page}")
  String textConcluded(@PathVariable int page, Model model) {
    next(model, "/concluded", "practice.next.back");
    var view = reading.textScene(visit(Standing.CONCLUDED), page, practice.text(page), model);
    model.addAttribute("path", Practice.PATH + "/concluded");
    return view;
  }

  @GetMapping("/concluded/done")
  String backToConcluded() {
    return "redirect:" + Practice.PATH + "/concluded";
  }

  /** The file with its seals, to be opened in Acrobat. */
  @GetMapping("/concluded/document")
  ResponseEntity<byte[]> sealed() {
    return pdf(practice.sealed(), "practice.file.sealed");
  }

  @GetMapping("/after")
  String after() {
    return "signing/practice-after";
  }

  /** What else the confirming page offers; practice only tells of it. */
  @GetMapping({"/decline", "/return", "/delegation"})
  String elsewhere(Model model) {
    next(model, "/confirm", "practice.next.confirm");
    model.addAttribute(
        "notice",
        new Notice(
            Practice.BODY,
            "info",
            pages.text("practice.elsewhere.heading"),
            pages.text("practice.elsewhere.text"),
            "",
            null));
    return "signing/notice";
  }

  private Visit visit(Standing standing) {
    return practice.visit(standing, clock.instant());
  }

  private static void next(Model model, String step, String label) {
    model.addAttribute("practiceNext", Practice.PATH + step);
    model.addAttribute("practiceLabel", label);
  }

  private ResponseEntity<byte[]> pdf(byte[] file, String name) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(pages.text(name), StandardCharsets.UTF_8)
                .build()
                .toString())
        .body(file);
  }
}
