package jp.musubi.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.FirstTermsRules;
import jp.musubi.contract.IdentificationRegister;
import jp.musubi.contract.Intake;
import jp.musubi.contract.PartyCode;
import jp.musubi.contract.PossibleWays;
import jp.musubi.contract.Preparing;
import jp.musubi.contract.Sending;
import jp.musubi.contract.StaffManner;
import jp.musubi.contract.StaffSteps;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.FileName;
import jp.musubi.platform.web.FormReader;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.FindingMessages;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/**
 * プログラムの手続. The steps a clerk takes on pages, by the same code and past the same gates; what
 * belongs to people alone is not here.
 */
@Component
class ProgramSteps {
  private static final int NAME_LENGTH = 200;

  /** The one factor of a program. */
  private static final String API_KEY = "API_KEY";

  private final Intake intake;
  private final Drafts drafts;
  private final Preparing preparing;
  private final Sending sending;
  private final StaffSteps staffSteps;
  private final Contracts contracts;
  private final FirstTermsRules first;
  private final PossibleWays ways;
  private final IdentificationRegister identification;
  private final Organisations organisations;
  private final Idempotency idempotency;
  private final Asked asked;
  private final Book book;
  private final Clock clock;

  ProgramSteps(
      Intake intake,
      Drafts drafts,
      Preparing preparing,
      Sending sending,
      StaffSteps staffSteps,
      Contracts contracts,
      FirstTermsRules first,
      PossibleWays ways,
      IdentificationRegister identification,
      Organisations organisations,
      Idempotency idempotency,
      Asked asked,
      Book book,
      Clock clock) {
    this.intake = intake;
    this.drafts = drafts;
    this.preparing = preparing;
    this.sending = sending;
    this.staffSteps = staffSteps;
    this.contracts = contracts;
    this.first = first;
    this.ways = ways;
    this.identification = identification;
    this.organisations = organisations;
    this.idempotency = idempotency;
    this.asked = asked;
    this.book = book;
    this.clock = clock;
  }

  /** A draft that was made, and what to look at in its file. */
  record Draft(ContractId draft, List<Finding> notices) {
    /** Keeps its own copy. */
    Draft {
      notices = List.copyOf(notices);
    }
  }

  /** An access code that somebody has to tell a party by another way than mail. */
  record Code(UUID party, String code) {
    @Override
    public String toString() {
      return "access code of party " + party;
    }
  }

  /** A contract that was sent. */
  record Sent(Shown contract, List<Code> accessCodes) {
    /** Keeps its own copy. */
    Sent {
      accessCodes = List.copyOf(accessCodes);
    }
  }

  /** The part of the form that says what is to be made, as a file or as a text. */
  static byte[] terms(@Nullable MultipartFile file, @Nullable String text) throws IOException {
    if (file == null) {
      return Objects.requireNonNullElse(text, "").getBytes(StandardCharsets.UTF_8);
    }
    try (var in = file.getInputStream()) {
      return in.readNBytes(Asked.LONGEST + 1);
    }
  }

  /** How a contract stands. */
  Shown shown(ContractId id) {
    return Shown.of(contracts.get(id), contracts.agreements(id), contracts.awaited(id));
  }

  /**
   * Makes a draft with its parties and terms, all at once or not at all.
   *
   * @param key under which it is made once
   */
  Draft make(
      Caller caller, String key, byte[] terms, @Nullable MultipartFile document, String clientIp)
      throws IOException {
    var reader = new FormReader();
    if (document == null || document.isEmpty()) {
      reader.reject("document", "contract.wrong.file");
    }
    var wanted =
        NewContract.read(
            asked.object(terms),
            new NewContract.Given(
                organisations.officesHeldOn(organisations.today()),
                first.current(),
                ways.now(),
                identification.current(),
                clock.instant()),
            reader);
    if (document == null || wanted.isEmpty()) {
      throw asked.wrong(reader.wrong());
    }
    asked.insist(reader);
    var name = FileName.of(document.getOriginalFilename(), NAME_LENGTH, "document.pdf");
    var upload = Files.createTempFile("musubi-upload", ".pdf");
    try {
      document.transferTo(upload);
      // Not of the moment, as a deadline that was left out would be: of what was sent.
      var request = "make %s %s %s".formatted(name, Sha256.of(upload), Sha256.of(terms));
      return switch (intake.keep(
          upload,
          name,
          file ->
              UUID.fromString(
                  idempotency.once(
                      key, request, () -> draft(file, wanted.get(), caller, clientIp))))) {
        case Intake.Keeping.Kept<UUID>(var id, var notices) ->
            new Draft(new ContractId(id), notices);
        case Intake.Keeping.Rejected<UUID>(var reasons) ->
            throw new NotTaken(
                ApiProblem.DOCUMENT_REJECTED,
                Map.of(
                    "errors",
                    reasons.stream()
                        .map(reason -> FindingMessages.of(reason, Locale.JAPAN))
                        .distinct()
                        .map(words -> Map.of("member", "document", "detail", words))
                        .toList()));
      };
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  private String draft(Drafts.Document file, NewContract wanted, Caller caller, String clientIp) {
    var id = drafts.begin(file, caller.acting(), clientIp);
    drafts.enterParties(id, wanted.lineup(), caller.acting());
    drafts.enterTerms(id, wanted.terms(), wanted.clauses());
    preparing.prepare(id);
    return id.toString();
  }

  /** Sends exactly the version and the bytes that the program names. */
  Sent send(ContractId id, Caller caller, String key, HttpServletRequest request)
      throws IOException {
    var reader = new FormReader();
    var members = new Members(asked.object(request), "", reader);
    var version = members.number("version");
    if (version.isEmpty()) {
      reader.reject("version", "web.wrong.empty");
    }
    var document = Objects.requireNonNullElse(members.text("documentSha256"), "");
    if (!document.matches("[0-9a-f]{64}")) {
      reader.reject("documentSha256", "api.wrong.digest");
    }
    members.nothingElse();
    asked.insist(reader);
    var codes =
        sending.send(
            id,
            new Sending.Reviewed(
                key,
                caller.key().seed("send %s %s".formatted(id, key)),
                Math.toIntExact(Math.min(version.orElse(0), Integer.MAX_VALUE)),
                Sha256.parse(document)),
            caller.acting(),
            manner(caller, "api.manner.send", request));
    return new Sent(shown(id), codes.stream().map(ProgramSteps::code).toList());
  }

  /** 取消; of a draft 中止. */
  Shown withdraw(ContractId id, Caller caller, String key, HttpServletRequest request)
      throws IOException {
    var reader = new FormReader();
    var members = new Members(asked.object(request), "", reader);
    var reason = reader.lines("reason", members.text("reason"), 500);
    members.nothingElse();
    asked.insist(reader);
    staffSteps.withdraw(
        id, key, reason, caller.acting(), manner(caller, "api.manner.withdraw", request));
    return shown(id);
  }

  private Agreement.Manner manner(Caller caller, String words, HttpServletRequest request) {
    return StaffManner.of(
        API_KEY,
        book.of(words, caller.program().name()),
        request.getRemoteAddr(),
        request.getHeader("User-Agent"));
  }

  private static Code code(PartyCode code) {
    return new Code(code.party().id().value(), code.code());
  }
}
