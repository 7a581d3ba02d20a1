package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractSummary;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.OfficeSignatures;
import jp.musubi.contract.RefusalMessages;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.NotPermitted;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.FreshProof;
import jp.musubi.staff.Proving;
import jp.musubi.staff.Reauthentication;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * 一括署名. The holder of an office picks from the whole list of what waits, proves to be there once,
 * and signs each picked contract by the ordinary step, over the bytes that the list named.
 */
@Controller
@Needs(Act.LIST_SIGNATURES)
@RequestMapping("/signatures/all")
class ManySignaturesController {
  static final int MOST = 500;
  private static final String PATH = "/signatures/all";
  private static final Pattern PICK = Pattern.compile("[0-9a-f-]{36}:[0-9a-f]{64}");

  private final Contracts contracts;
  private final OfficeSignatures signatures;
  private final Reauthentication reauthentication;
  private final FreshProof proofs;
  private final FormKeys keys;
  private final Words words;

  ManySignaturesController(
      Contracts contracts,
      OfficeSignatures signatures,
      Reauthentication reauthentication,
      FreshProof proofs,
      FormKeys keys,
      Words words) {
    this.contracts = contracts;
    this.signatures = signatures;
    this.reauthentication = reauthentication;
    this.proofs = proofs;
    this.keys = keys;
    this.words = words;
  }

  /**
   * A contract of the list.
   *
   * @param pick its key and the digest of the bytes that would be signed
   */
  record Line(
      String pick,
      boolean picked,
      String number,
      String title,
      String path,
      String counterparty,
      String amount) {}

  /** The page. */
  record Page(
      List<Crumb> crumbs,
      List<Line> lines,
      boolean more,
      String key,
      List<Field> fields,
      @Nullable Text refusal,
      @Nullable Proving proof) {
    /** One field. */
    public Field field(String name) {
      return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
    }
  }

  /** What came of one contract; without a reason it was signed. */
  record Answer(String number, String title, String path, @Nullable String refused) {}

  /** What came of all. */
  record Answers(List<Crumb> crumbs, List<Answer> signed, List<Answer> refused) {}

  @GetMapping
  ModelAndView list(@AuthenticationPrincipal SignedInStaff person, HttpServletRequest request) {
    return page(person, List.of(), false, Map.of(), null, request, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView sign(
      @CurrentStaff StaffMember signer,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable List<String> picked,
      @RequestParam(defaultValue = "false") boolean confirmed,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request) {
    var picks = picked == null ? List.<String>of() : picked.stream().distinct().toList();
    if (picks.isEmpty()
        || picks.size() > MOST
        || !picks.stream().allMatch(ManySignaturesController::isPick)) {
      return page(
          person,
          picks,
          confirmed,
          Map.of(),
          Text.of("contract.signMany.nonePicked", MOST + ""),
          request,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var reader = new FormReader();
    if (!confirmed) {
      reader.reject("confirmed", "contract.wrong.confirm");
    }
    var shown = reauthentication.shown(person, password, code, reader, request);
    if (!reader.wrong().isEmpty()) {
      return page(
          person,
          picks,
          confirmed,
          reader.wrong(),
          null,
          request,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var manner = Visitor.manner(request, shown, words.of("contract.field.confirmed"));
    var signed = new ArrayList<Answer>();
    var refused = new ArrayList<Answer>();
    for (var pick : picks) {
      var answer = sign(pick, idempotencyKey, signer, manner);
      (answer.refused() == null ? signed : refused).add(answer);
    }
    return new ModelAndView("contract/signed-many", "page", new Answers(crumbs(), signed, refused));
  }

  private static boolean isPick(String text) {
    return PICK.matcher(text).matches();
  }

  private Answer sign(String pick, String key, StaffMember signer, Agreement.Manner manner) {
    var id = new ContractId(UUID.fromString(pick.substring(0, 36)));
    try {
      var contract = contracts.get(id);
      // Of a contract that names another person nothing is told, not even its title.
      signatures.partyOf(contract, signer);
      return new Answer(
          contract.number(),
          contract.title(),
          "/contracts/" + id,
          refused(id, key + "-" + id, Sha256.parse(pick.substring(37)), signer, manner));
    } catch (StepRefused notHeld) {
      return new Answer("", "", PATH, words.of(RefusalMessages.key(notHeld.reason()) + ".what"));
    } catch (NotFound | NotPermitted nothing) {
      return new Answer("", "", PATH, words.of("contract.signMany.nothing"));
    }
  }

  private @Nullable String refused(
      ContractId id, String key, Sha256 shown, StaffMember signer, Agreement.Manner manner) {
    try {
      signatures.sign(id, key, shown, signer, manner);
      return null;
    } catch (StepRefused step) {
      return words.of(RefusalMessages.key(step.reason()) + ".what");
    } catch (ConcurrentChange changed) {
      return words.of("contract.signMany.changed");
    }
  }

  private ModelAndView page(
      SignedInStaff person,
      List<String> picked,
      boolean confirmed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpServletRequest request,
      HttpStatus status) {
    var waiting =
        signatures.awaiting(person.member()).stream().filter(each -> !each.sealPending()).toList();
    var proof = Proving.of(proofs, request.getSession(), person, PATH);
    var fields = new ArrayList<Field>();
    fields.add(
        Field.required("confirmed", "contract.field.confirmed")
            .with(String.valueOf(confirmed))
            .wrong(wrong.get("confirmed")));
    fields.addAll(reauthentication.fields(person, proof, wrong));
    var page =
        new ModelAndView(
            "contract/sign-many",
            "page",
            new Page(
                crumbs(),
                waiting.stream().limit(MOST).map(each -> line(each, picked)).toList(),
                waiting.size() > MOST,
                keys.next(),
                List.copyOf(fields),
                refusal,
                proof));
    page.setStatus(status);
    return page;
  }

  private Line line(ContractSummary summary, List<String> picked) {
    var pick = summary.id() + ":" + contracts.get(summary.id()).shownFile().hex();
    return new Line(
        pick,
        picked.contains(pick),
        summary.number(),
        summary.title(),
        "/contracts/" + summary.id(),
        summary.counterparty(),
        words.yen(summary.amount()));
  }

  private List<Crumb> crumbs() {
    return List.of(
        new Crumb(words.of("contract.crumb.home"), "/"),
        new Crumb(words.of("contract.signatures.heading"), "/signatures"),
        new Crumb(words.of("contract.signMany.heading"), PATH));
  }
}
