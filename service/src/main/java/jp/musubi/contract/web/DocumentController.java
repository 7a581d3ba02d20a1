package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.Archival;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Intake;
import jp.musubi.contract.Layouts;
import jp.musubi.contract.OfficeIntake;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FileName;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.FindingMessages;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 契約を作る, step 1: 文書. */
@Controller
class DocumentController {
  private static final int NAME_LENGTH = 200;

  /** A PDF, or what one is made of. */
  private static final Field.Look DOCUMENT =
      new Field.Look(
          "file",
          null,
          null,
          null,
          null,
          null,
          "application/pdf,.pdf,.docx,.doc,.odt,.xlsx,.xls,.ods");

  private final Intake intake;
  private final Contracts contracts;
  private final Layouts layouts;
  private final OfficeIntake office;
  private final Archival archival;
  private final ArchivalWords said;
  private final FormKeys keys;
  private final Words words;

  DocumentController(
      Intake intake,
      Contracts contracts,
      Layouts layouts,
      OfficeIntake office,
      Archival archival,
      ArchivalWords said,
      FormKeys keys,
      Words words) {
    this.intake = intake;
    this.contracts = contracts;
    this.layouts = layouts;
    this.office = office;
    this.archival = archival;
    this.said = said;
    this.keys = keys;
    this.words = words;
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/contracts/new")
  @Needs(Act.MAKE_CONTRACT)
  ModelAndView begin(@CurrentStaff StaffMember clerk) {
    return page(Optional.empty(), null, "", List.of());
  }

  @PostMapping("/contracts")
  @Needs(Act.MAKE_CONTRACT)
  ModelAndView upload(
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(defaultValue = "parties") String next,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    return take(Optional.empty(), clerk, idempotencyKey, file, next, request, flash);
  }

  @GetMapping("/contracts/{id}/document")
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView again(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    return page(Optional.of(draft.id()), null, "", List.of());
  }

  @PostMapping("/contracts/{id}/document")
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView replace(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(defaultValue = "parties") String next,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    return take(Optional.of(draft.id()), clerk, idempotencyKey, file, next, request, flash);
  }

  private ModelAndView take(
      Optional<ContractId> draft,
      StaffMember clerk,
      String key,
      @Nullable MultipartFile file,
      String next,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    if (file == null || file.isEmpty()) {
      return refused(page(draft, Text.of("contract.wrong.file"), "", List.of()));
    }
    var name = plainName(file.getOriginalFilename());
    var upload = Files.createTempFile("musubi-upload", ".pdf");
    try {
      file.transferTo(upload);
      var ip = request.getRemoteAddr();
      var outcome =
          draft.isPresent()
              ? intake.replace(draft.get(), upload, name, key, clerk, ip)
              : intake.begin(upload, name, key, clerk, ip);
      return switch (outcome) {
        case Intake.Outcome.Taken(var taken, var notices) -> {
          flash.addFlashAttribute(
              "notices",
              Stream.concat(notices.stream().map(this::notice), falseClaim(taken)).toList());
          var further = next.equals("files") ? "files" : "parties";
          yield new ModelAndView(
              "redirect:/contracts/"
                  + taken
                  + (layouts.unseen(taken).isEmpty() ? "/" + further : "/layout?next=" + further));
        }
        case Intake.Outcome.Rejected(var reasons) -> refused(page(draft, null, name, reasons));
      };
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  private Stream<String> falseClaim(ContractId draft) {
    return archival
        .of(draft, contracts.get(draft).document())
        .filter(each -> each.report().outcome() == ArchivalReport.Outcome.FAILS)
        .map(_ -> words.of("archival.notice"))
        .stream();
  }

  static String plainName(@Nullable String given) {
    return FileName.of(given, NAME_LENGTH, "document.pdf");
  }

  private ModelAndView page(
      Optional<ContractId> draft, @Nullable Text wrong, String fileName, List<Finding> reasons) {
    return new ModelAndView(
        "contract/document",
        "page",
        new DocumentPage(
            draft.map(id -> "/contracts/" + id + "/document").orElse("/contracts"),
            draft.map(id -> "/contracts/" + id).orElse("/"),
            keys.next(),
            Making.at(0),
            List.of(
                Field.required("file", "contract.field.file")
                    .hinted(
                        office.isOffered()
                            ? "contract.field.file.hint.office"
                            : "contract.field.file.hint")
                    .drawn(office.isOffered() ? DOCUMENT : Field.Look.PDF)
                    .wrong(wrong)),
            fileName,
            reasons.stream().map(DocumentController::reason).distinct().toList(),
            draft.map(id -> said.of(archival.of(id, contracts.get(id).document()))).orElse(null)));
  }

  /** What the sender should look at, by page, to be shown once after the upload. */
  private String notice(Finding finding) {
    var what = FindingMessages.of(finding, Locale.JAPAN);
    return finding.page().isPresent()
        ? words.of("contract.rejected.page", finding.page().getAsInt()) + what
        : what;
  }

  private static DocumentPage.Reason reason(Finding finding) {
    return new DocumentPage.Reason(
        finding.page().isPresent() ? finding.page().getAsInt() : null,
        FindingMessages.of(finding, Locale.JAPAN));
  }

  private static ModelAndView refused(ModelAndView page) {
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }
}
