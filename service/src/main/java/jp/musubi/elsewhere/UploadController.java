package jp.musubi.elsewhere;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.ReceivedFiles;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FileName;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.inspection.FindingMessages;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import jp.musubi.verification.Judgements;
import jp.musubi.verification.SignatureSheet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 他社サービスで締結した契約を登録する, step 1: the file, and what its signatures are worth. */
@Controller
@Needs(Act.MAKE_CONTRACT)
@RequestMapping("/elsewhere")
class UploadController {
  private static final int NAME_LENGTH = 200;
  private static final int LONGEST_SERVICE = 60;

  private final Receiving receiving;
  private final Judgements judgements;
  private final Book book;

  UploadController(Receiving receiving, Judgements judgements, Book book) {
    this.receiving = receiving;
    this.judgements = judgements;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param reasons why the file is not taken
   * @param result what the validator says of a file that is not taken; null where it was not asked
   */
  record Page(
      List<Crumb> crumbs,
      List<Field> fields,
      String key,
      List<String> reasons,
      @Nullable SignatureSheet result) {}

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/new")
  ModelAndView ask() {
    return page(UUID.randomUUID().toString(), "", Map.of(), List.of(), null);
  }

  @PostMapping
  ModelAndView receive(
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request)
      throws IOException {
    var reader = new FormReader();
    var named = reader.line("service", service, LONGEST_SERVICE, true);
    if (file == null || file.isEmpty()) {
      reader.reject("file", "contract.wrong.file");
    }
    if (!reader.wrong().isEmpty() || file == null) {
      return refused(page(idempotencyKey, service, reader.wrong(), List.of(), null));
    }
    var name = FileName.of(file.getOriginalFilename(), NAME_LENGTH, "document.pdf");
    var upload = Files.createTempFile("musubi-elsewhere", ".pdf");
    try {
      file.transferTo(upload);
      return switch (receiving.receive(
          upload, name, named, idempotencyKey, clerk, request.getRemoteAddr())) {
        case Receiving.Outcome.Taken(var id) -> new ModelAndView("redirect:/elsewhere/" + id);
        case Receiving.Outcome.Unfit(var looked) -> again(named, reasons(looked), null);
        case Receiving.Outcome.Unjudged _ ->
            again(named, List.of(book.of("elsewhere.unjudged")), null);
        case Receiving.Outcome.Altered(var report, var at) ->
            again(named, List.of(book.of("elsewhere.altered")), judgements.sheet(report, at));
      };
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  private List<String> reasons(ReceivedFiles.Looked looked) {
    return switch (looked) {
      case ReceivedFiles.Looked.Fit _ -> List.of();
      case ReceivedFiles.Looked.Unfit(var reason) ->
          List.of(book.of("contract.files.wrong." + reason));
      case ReceivedFiles.Looked.Rejected(var findings) ->
          findings.stream()
              .map(finding -> FindingMessages.of(finding, Locale.JAPAN))
              .distinct()
              .toList();
    };
  }

  /** With a key of its own: another file is another upload. */
  private ModelAndView again(
      String service, List<String> reasons, @Nullable SignatureSheet result) {
    return refused(page(UUID.randomUUID().toString(), service, Map.of(), reasons, result));
  }

  private ModelAndView page(
      String key,
      @Nullable String service,
      Map<String, Text> wrong,
      List<String> reasons,
      @Nullable SignatureSheet result) {
    return new ModelAndView(
        "elsewhere/upload",
        "page",
        new Page(
            List.of(
                book.crumb("contract.crumb.home", "/"),
                book.crumb("contract.list.heading", "/contracts"),
                book.crumb("elsewhere.heading", "/elsewhere/new")),
            List.of(
                Field.required("service", "elsewhere.service")
                    .hinted("elsewhere.service.hint")
                    .with(service)
                    .wrong(wrong.get("service")),
                Field.required("file", "elsewhere.file")
                    .hinted("elsewhere.file.hint")
                    .drawn(Field.Look.PDF)
                    .wrong(wrong.get("file"))),
            key,
            reasons,
            result));
  }

  private static ModelAndView refused(ModelAndView page) {
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }
}
