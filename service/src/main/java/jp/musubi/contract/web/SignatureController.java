package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.OfficeSignatures;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Phase;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 契約名義の署名: what waits, and the signature itself. */
@Controller
class SignatureController {
  private final Contracts contracts;
  private final OfficeSignatures signatures;
  private final Reauthentication reauthentication;
  private final FreshProof proofs;
  private final ContractLines lines;
  private final ShowPages pages;
  private final FormKeys keys;
  private final Words words;

  SignatureController(
      Contracts contracts,
      OfficeSignatures signatures,
      Reauthentication reauthentication,
      FreshProof proofs,
      ContractLines lines,
      ShowPages pages,
      FormKeys keys,
      Words words) {
    this.contracts = contracts;
    this.signatures = signatures;
    this.reauthentication = reauthentication;
    this.proofs = proofs;
    this.lines = lines;
    this.pages = pages;
    this.keys = keys;
    this.words = words;
  }

  /** The list of what waits. */
  record Waiting(List<ContractLine> contracts) {}

  @GetMapping("/signatures")
  @Needs(Act.LIST_SIGNATURES)
  ModelAndView waiting(@CurrentStaff StaffMember signer) {
    return new ModelAndView(
        "contract/signatures", "page", new Waiting(lines.toSign(signatures.awaiting(signer))));
  }

  @GetMapping("/contracts/{id}/signature")
  @Needs(Act.SIGN_CONTRACT)
  ModelAndView form(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff person,
      HttpServletRequest request) {
    return page(contracts.get(new ContractId(id)), person, keys.next(), false, Map.of(), request);
  }

  @PostMapping("/contracts/{id}/signature")
  @Needs(Act.SIGN_CONTRACT)
  ModelAndView sign(
      @PathVariable UUID id,
      @CurrentStaff StaffMember signer,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam String document,
      @RequestParam(defaultValue = "false") boolean confirmed,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request) {
    var contract = contracts.get(new ContractId(id));
    var reader = new FormReader();
    if (!confirmed) {
      reader.reject("confirmed", "contract.wrong.confirm");
    }
    var shown = reauthentication.shown(person, password, code, reader, request);
    if (!reader.wrong().isEmpty()) {
      var page = page(contract, person, idempotencyKey, confirmed, reader.wrong(), request);
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    signatures.sign(
        contract.id(),
        idempotencyKey,
        Sha256.parse(document),
        signer,
        Visitor.manner(request, shown, words.of("contract.field.confirmed")));
    return new ModelAndView("redirect:/contracts/" + id);
  }

  private ModelAndView page(
      Particulars contract,
      SignedInStaff person,
      String key,
      boolean confirmed,
      Map<String, Text> wrong,
      HttpServletRequest request) {
    if (!contract.state().equals("AWAITING_AGREEMENTS")) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    var party = signatures.partyOf(contract, person.member());
    if (!contracts.isTurnOf(party.id(), contract.id())) {
      var next = Phase.next(contract, contracts.agreements(contract.id()));
      throw new StepRefused(
          next.contains(party) ? new Refusal.SealPending() : new Refusal.NotYourTurn(party.id()));
    }
    var path = "/contracts/" + contract.id();
    var proof = Proving.of(proofs, request.getSession(), person, path + "/signature");
    return new ModelAndView("contract/sign")
        .addObject(
            "page",
            new SignaturePage(
                path,
                contract.title(),
                contract.number(),
                party.signature(),
                pages.facts(contract, person.member()),
                pages.signers(contract, contracts.agreements(contract.id())).stream()
                    .filter(ShowPage.Signer::agreed)
                    .toList(),
                contract.shownFile().hex(),
                ShowPage.Sheet.of(contract.pages()),
                key,
                fields(person, proof, confirmed, wrong),
                proof))
        .addObject("crumbs", ShowController.crumbs(words, contract.title(), path));
  }

  private List<Field> fields(
      SignedInStaff person, @Nullable Proving proof, boolean confirmed, Map<String, Text> wrong) {
    var fields = new ArrayList<Field>();
    fields.add(
        Field.required("confirmed", "contract.field.confirmed")
            .with(String.valueOf(confirmed))
            .wrong(wrong.get("confirmed")));
    fields.addAll(reauthentication.fields(person, proof, wrong));
    return fields;
  }
}
