package jp.musubi.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Phase;
import jp.musubi.platform.web.FormReader;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.FindingMessages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** 契約のAPI: what a program may ask and do. The body's own signature is not among it. */
@RestController
@RequestMapping(path = "/api/v1/contracts", produces = MediaType.APPLICATION_JSON_VALUE)
class ContractsApi {
  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 200;
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final ContractList list;
  private final ProgramSteps steps;
  private final Asked asked;

  ContractsApi(ContractList list, ProgramSteps steps, Asked asked) {
    this.list = list;
    this.steps = steps;
    this.asked = asked;
  }

  /**
   * A draft that was made.
   *
   * @param notices what was put right in its file, and what to look at
   */
  record Made(Shown contract, List<String> notices) {
    /** Keeps its own copy. */
    Made {
      notices = List.copyOf(notices);
    }
  }

  @GetMapping
  @Needs(Act.LIST_CONTRACTS)
  ContractList.Page list(
      @AuthenticationPrincipal Caller caller,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String concludedFrom,
      @RequestParam(defaultValue = "") String concludedUntil,
      @RequestParam(defaultValue = "") String number,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "") String limit) {
    var reader = new FormReader();
    var wanted =
        new ContractList.Asked(
            phase(reader, state),
            day(reader, "concludedFrom", concludedFrom),
            day(reader, "concludedUntil", concludedUntil),
            reader.line("number", number, 50, false),
            reader.line("q", q, 200, false));
    var size = limit.isEmpty() ? PAGE : reader.number("limit", limit, 1, LARGEST_PAGE);
    var cursor = ContractList.Cursor.parse(after);
    if (!after.isEmpty() && cursor.isEmpty()) {
      reader.reject("after", "api.wrong.cursor");
    }
    asked.insist(reader);
    return list.find(
        Authorisation.reach(caller, Act.SEE_CONTRACT), wanted, cursor.orElse(null), size);
  }

  @GetMapping("/{id}")
  @Needs(Act.SEE_CONTRACT)
  Shown show(@PathVariable UUID id) {
    return steps.shown(new ContractId(id));
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Needs(Act.MAKE_CONTRACT)
  ResponseEntity<Made> make(
      @AuthenticationPrincipal Caller caller,
      @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
      MultipartHttpServletRequest request)
      throws IOException {
    var made =
        steps.make(
            caller,
            Asked.key(caller, key),
            ProgramSteps.terms(request.getFile("contract"), request.getParameter("contract")),
            request.getFile("document"),
            request.getRemoteAddr());
    return ResponseEntity.created(URI.create("/api/v1/contracts/" + made.draft()))
        .body(
            new Made(
                steps.shown(made.draft()),
                made.notices().stream().map(ContractsApi::words).distinct().toList()));
  }

  @PostMapping(path = "/{id}/send", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Needs(Act.HANDLE_CONTRACT)
  ProgramSteps.Sent send(
      @PathVariable UUID id,
      @AuthenticationPrincipal Caller caller,
      @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
      HttpServletRequest request)
      throws IOException {
    return steps.send(new ContractId(id), caller, Asked.key(caller, key), request);
  }

  @PostMapping(path = "/{id}/withdraw", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Needs(Act.HANDLE_CONTRACT)
  Shown withdraw(
      @PathVariable UUID id,
      @AuthenticationPrincipal Caller caller,
      @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
      HttpServletRequest request)
      throws IOException {
    return steps.withdraw(new ContractId(id), caller, Asked.key(caller, key), request);
  }

  private static Optional<Phase> phase(FormReader reader, String name) {
    var phase = Arrays.stream(Phase.values()).filter(each -> each.name().equals(name)).findFirst();
    if (!name.isEmpty() && phase.isEmpty()) {
      reader.reject("state", "api.wrong.choice", Arrays.toString(Phase.values()));
    }
    return phase;
  }

  private static Optional<LocalDate> day(FormReader reader, String name, String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException notADay) {
      reader.reject(name, "api.wrong.day");
      return Optional.empty();
    }
  }

  private static String words(Finding finding) {
    return FindingMessages.of(finding, Locale.JAPAN);
  }
}
