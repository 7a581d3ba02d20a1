package jp.musubi.question;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ClerkMail;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Party;
import jp.musubi.contract.PartyId;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 質問と回答. Neither changes anything of the contract's state. */
@Service
@Transactional
public class Questions {
  /** Most characters of a question or an answer. */
  public static final int LONGEST = QuestionRules.LONGEST;

  private final QuestionStore store;
  private final Contracts contracts;
  private final ClerkMail clerks;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Questions(
      QuestionStore store,
      Contracts contracts,
      ClerkMail clerks,
      Idempotency idempotency,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.store = store;
    this.contracts = contracts;
    this.clerks = clerks;
    this.idempotency = idempotency;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /** Why a question was not taken. */
  public enum Refused {
    /** The contract has ended, or is concluded. */
    OVER,
    /** Too many wait for an answer. */
    MANY_OPEN,
    /** Too many in a short time. */
    MANY_LATELY
  }

  /** An answer was given; published in the transaction that keeps it. */
  public record Answered(Question question) {}

  /** The questions of one party, oldest first. */
  @Transactional(readOnly = true)
  public List<Question> of(ContractId contract, PartyId party) {
    return store.of(contract).stream().filter(each -> each.party().equals(party)).toList();
  }

  /** All questions about a contract, oldest first. */
  @Transactional(readOnly = true)
  public List<Question> of(ContractId contract) {
    return store.of(contract);
  }

  /** Whether anything may still be asked and answered: on its way and not concluded. */
  @Transactional(readOnly = true)
  public boolean areOpen(ContractId contract) {
    return switch (contracts.get(contract).state()) {
      case "AWAITING_AGREEMENTS", "CONCLUDING" -> true;
      default -> false;
    };
  }

  /**
   * A party asks; the clerk is written to.
   *
   * @param key the form's idempotency key
   * @param party as it came in
   * @param clientIp from where
   * @return why the question was not taken; empty if it was
   */
  public Optional<Refused> ask(
      ContractId contract, Party party, String key, String words, Actor by, String clientIp) {
    // The form's key first: a question sent twice is one, however many were asked since.
    var answer =
        idempotency.once(
            key,
            "question %s %s %s".formatted(contract, party.id(), words),
            () -> take(contract, party, words, by, clientIp).map(Enum::name).orElse("TAKEN"));
    return answer.equals("TAKEN") ? Optional.empty() : Optional.of(Refused.valueOf(answer));
  }

  private Optional<Refused> take(
      ContractId contract, Party party, String words, Actor by, String clientIp) {
    if (!areOpen(contract)) {
      return Optional.of(Refused.OVER);
    }
    var now = clock.instant();
    var refused = store.asked(party.id(), now).refusal();
    if (refused.isEmpty()) {
      var question =
          new Question(
              UUID.randomUUID(),
              contract,
              party.id(),
              party.signature(),
              words,
              now,
              Optional.empty());
      store.insert(question);
      record(by, "question.asked", question, clientIp);
      clerks.write(
          "question/" + question.id(),
          contract,
          "question.mail.asked",
          question.askedBy(),
          question.words());
    }
    return refused;
  }

  /**
   * The clerk answers; the party is written to.
   *
   * @throws NotFound if the contract has no such question
   * @throws StepRefused if the contract is concluded or has ended
   */
  public void answer(
      ContractId contract, UUID id, String key, String words, Actor by, String clientIp) {
    var question = store.find(contract, id).orElseThrow(() -> new NotFound("question " + id));
    idempotency.once(
        key,
        "answer %s %s".formatted(id, words),
        () -> {
          if (!areOpen(contract)) {
            throw new StepRefused(new Refusal.NotInThisState(contracts.get(contract).state()));
          }
          var answer = new Question.Answer(words, by.name(), clock.instant());
          // Of two answers at once the first stands; the second is shown it.
          if (store.answer(id, answer)) {
            var answered =
                new Question(
                    id,
                    contract,
                    question.party(),
                    question.askedBy(),
                    question.words(),
                    question.askedAt(),
                    Optional.of(answer));
            record(by, "question.answered", answered, clientIp);
            events.publishEvent(new Answered(answered));
          }
          return "/contracts/%s/questions".formatted(contract);
        });
  }

  private void record(Actor by, String action, Question question, String clientIp) {
    audit.record(
        by,
        action,
        question.contract().value(),
        clientIp,
        Map.of("question", question.id().toString(), "party", question.askedBy()));
  }
}
