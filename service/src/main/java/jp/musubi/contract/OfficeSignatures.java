package jp.musubi.contract;

import java.util.List;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotPermitted;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 契約名義の署名. The body's own agreement, by whoever holds the office on that day. */
@Service
@Transactional
public class OfficeSignatures {
  private final Contracts contracts;
  private final ContractSearch search;
  private final OfficeHolding holding;
  private final Organisations organisations;
  private final Idempotency idempotency;

  OfficeSignatures(
      Contracts contracts,
      ContractSearch search,
      OfficeHolding holding,
      Organisations organisations,
      Idempotency idempotency) {
    this.contracts = contracts;
    this.search = search;
    this.holding = holding;
    this.organisations = organisations;
    this.idempotency = idempotency;
  }

  /** What waits for this person's signature. */
  @Transactional(readOnly = true)
  public List<ContractSummary> awaiting(StaffMember signer) {
    return search.awaitingSignatureOf(signer.id());
  }

  /**
   * The office party of a contract, if this person may sign for it.
   *
   * @throws NotPermitted if the contract names another person
   * @throws StepRefused {@link Refusal.OfficeNotHeld} if the person holds the office no longer
   */
  @Transactional(readOnly = true)
  public Party partyOf(Particulars contract, StaffMember signer) {
    var party =
        contract.parties(Party.Kind.OFFICE).stream()
            .filter(p -> signer.id().equals(p.staffId()))
            .findFirst()
            .orElseThrow(() -> new NotPermitted("signature of contract " + contract.id()));
    holding
        .refuses(contract, organisations.today())
        .ifPresent(refusal -> {
          throw new StepRefused(refusal);
        });
    return party;
  }

  /**
   * Agrees in the name of the office; the form's key makes it happen once.
   *
   * @param shown digest of the bytes the signer saw
   * @throws StepRefused if the step is not lawful
   */
  public void sign(
      ContractId id, String key, Sha256 shown, StaffMember signer, Agreement.Manner manner) {
    idempotency.once(
        key,
        "%s %s %s".formatted(id, signer.id(), shown),
        () -> {
          var party = partyOf(contracts.get(id), signer);
          var actor = signer.actor();
          switch (contracts.agree(id, party, shown, actor, manner)) {
            case Decision.Accepted _ -> {}
            case Decision.Refused(var reason) -> throw new StepRefused(reason);
          }
          return "/contracts/" + id;
        });
  }
}
