package jp.musubi.signing;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.CouncilVote;
import jp.musubi.contract.InvitationPreview;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.notification.LetterPart;
import jp.musubi.notification.LetterWords;
import jp.musubi.organisation.Contacts;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.question.Question;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The words of the mails to a counterparty. They name who asks, what for and until when, and how to
 * tell a genuine one; never an amount, never the contract's content (WEB-4, WEB-6).
 */
@Component
class Letters implements InvitationPreview {
  private final MessageSource messages;
  private final MailedLinks links;
  private final Contacts contacts;
  private final LetterWords own;

  Letters(MessageSource messages, MailedLinks links, Contacts contacts, LetterWords own) {
    this.messages = messages;
    this.links = links;
    this.contacts = contacts;
    this.own = own;
  }

  @Override
  public Preview of(Particulars contract, Party party) {
    return invitation(contract, party, linkHere());
  }

  /** What stands in a letter that is only looked at. */
  String linkHere() {
    return text("signing.mail.link-here");
  }

  /** Asks for the counterparty's agreement. */
  Preview invitation(Particulars contract, Party party, UUID link) {
    return invitation(contract, party, placeholder(link));
  }

  /** Asks once more, before the deadline. */
  Preview reminder(Particulars contract, Party party, UUID link) {
    return reminder(contract, party, placeholder(link));
  }

  Preview reminder(Particulars contract, Party party, String link) {
    return letter(LetterPart.REMINDER, contract, party, link, "", "");
  }

  /** A fresh link to what the counterparty has agreed to already. */
  Preview freshLink(Particulars contract, Party party, UUID link) {
    return freshLink(contract, party, placeholder(link));
  }

  Preview freshLink(Particulars contract, Party party, String link) {
    return letter(LetterPart.FRESH_LINK, contract, party, link, "", "");
  }

  /** Confirms that the agreement was recorded. */
  Preview agreed(Particulars contract, Party party, Agreement agreement) {
    return letter(
        LetterPart.AGREED,
        contract,
        party,
        "",
        Wording.time(agreement.agreedAt()),
        Wording.receipt(agreement));
  }

  /** Tells that the contract is concluded, and where the file is. */
  Preview concluded(
      Particulars contract,
      Party party,
      UUID link,
      Instant concludedAt,
      ConcludedMail.Enclosed enclosed) {
    return concluded(contract, party, placeholder(link), concludedAt, enclosed);
  }

  Preview concluded(
      Particulars contract,
      Party party,
      String link,
      Instant concludedAt,
      ConcludedMail.Enclosed enclosed) {
    return letter(
        "signing.mail.concluded",
        opening(LetterPart.CONCLUDED),
        contract,
        party,
        link,
        Wording.time(concludedAt),
        Wording.lastDay(contract, concludedAt),
        switch (enclosed) {
          case ConcludedMail.Enclosed.Nothing _ -> "";
          case ConcludedMail.Enclosed.File _ -> text("signing.mail.concluded.enclosed") + "\n\n";
          case ConcludedMail.Enclosed.TooLarge(var most) ->
              text("signing.mail.concluded.tooLarge", most) + "\n\n";
        });
  }

  /** Confirms that the counterparty declined. */
  Preview declined(Particulars contract, Party party, String reason) {
    return letter(LetterPart.DECLINED, contract, party, "", reason, "");
  }

  /** Confirms that the counterparty sent the contract back. */
  Preview returned(Particulars contract, Party party, String reason) {
    return letter(LetterPart.RETURNED, contract, party, "", reason, "");
  }

  /** Confirms to whoever decided for a party before that somebody else does now. */
  Preview delegated(Particulars contract, Party from, Party to) {
    return letter(
        LetterPart.DELEGATED,
        contract,
        from,
        "",
        String.join(" ", to.title(), to.name()).strip(),
        String.valueOf(to.mail()));
  }

  /** Tells that the body goes on with paper. */
  Preview movedToPaper(Particulars contract, Party party, String reason) {
    return letter(LetterPart.MOVED_TO_PAPER, contract, party, "", reason, "");
  }

  /** Tells what the council's vote has made of a 仮契約. */
  Preview voted(Particulars contract, Party party, CouncilVote.Decided vote) {
    return letter(
        vote.outcome() == CouncilVote.Outcome.PASSED
            ? LetterPart.COUNCIL_PASSED
            : LetterPart.COUNCIL_REJECTED,
        contract,
        party,
        "",
        vote.bill(),
        JapaneseDates.date(vote.on()));
  }

  /** Tells that the body took the contract back. */
  Preview withdrawn(Particulars contract, Party party, String reason) {
    return letter(LetterPart.WITHDRAWN, contract, party, "", reason, "");
  }

  /** Tells that the deadline has passed. */
  Preview expired(Particulars contract, Party party) {
    return letter(LetterPart.EXPIRED, contract, party, "", "", "");
  }

  /** Answers a question; the way in is the link that the party has. */
  Preview answered(Particulars contract, Party party, Question question) {
    return letter(
        "signing.mail.answered",
        "",
        contract,
        party,
        "",
        question.words(),
        question.answer().map(Question.Answer::words).orElseThrow());
  }

  /** Tells the sender that the counterparty's access code is locked. */
  Preview locked(Particulars contract, Party counterparty, Party sender, Instant at) {
    return new Preview(
        text("signing.mail.locked.subject", contract.title()),
        text(
            "signing.mail.locked.body",
            sender.name(),
            contract.title(),
            contract.number(),
            counterparty.signature(),
            Wording.time(at)));
  }

  /** Gives the counterparty the number that it asked for. */
  Preview number(Particulars contract, Party counterparty, UUID number) {
    return new Preview(
        text("signing.mail.number.subject", contract.title()),
        text(
            "signing.mail.number.body",
            counterparty.signature(),
            contract.title(),
            "{code:%s}".formatted(number),
            contact(contract)));
  }

  /** Whom the counterparty may telephone: section and number. */
  String contact(Particulars contract) {
    return contacts.of(contract.sectionId());
  }

  /** The same, in the language of a page. */
  String contactShown(Particulars contract) {
    return contacts.shown(contract.sectionId());
  }

  /** Who asks: 上毛市 建設部 道路課 担当 見本 花子. */
  String sender(Particulars contract) {
    return sender(contract, Locale.JAPAN);
  }

  /** The same, in the language of a page. */
  String sender(Particulars contract, Locale locale) {
    var sender = contract.parties(Party.Kind.SENDER).getFirst();
    return text(locale, "signing.sender", sender.organisation(), sender.name());
  }

  Preview invitation(Particulars contract, Party party, String link) {
    return letter(LetterPart.INVITATION, contract, party, link, "", "");
  }

  /** All letters have the same gaps; each uses those it needs. */
  private Preview letter(
      LetterPart kind,
      Particulars contract,
      Party party,
      String link,
      String first,
      String second) {
    return letter(
        "signing.mail." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        opening(kind),
        contract,
        party,
        link,
        first,
        second);
  }

  /** What the body itself says first in letters of this kind. */
  private String opening(LetterPart kind) {
    var words = own.current();
    return words.containsKey(kind) ? words.get(kind) + "\n\n" : "";
  }

  private Preview letter(
      String key,
      String opening,
      Particulars contract,
      Party party,
      String link,
      String first,
      String second) {
    return letter(key, opening, contract, party, link, first, second, "");
  }

  private Preview letter(
      String key,
      String opening,
      Particulars contract,
      Party party,
      String link,
      String first,
      String second,
      String third) {
    var deadline =
        contract
            .deadline()
            .map(at -> text("signing.deadline", Wording.time(at), Wording.western(at)))
            .orElse("");
    var words = own.current();
    return new Preview(
        text(key + ".subject", links.body().name(), contract.title()),
        text(
                key + ".body",
                party.organisation(),
                String.join(" ", party.title(), party.name()).strip(),
                links.body().name(),
                contract.title(),
                contract.number(),
                deadline,
                link,
                sender(contract),
                first,
                second,
                opening,
                third,
                links.past())
            + (words.containsKey(LetterPart.CLOSING)
                ? "\n" + words.get(LetterPart.CLOSING) + "\n"
                : "")
            + text(
                "signing.mail.footer",
                links.host(),
                contact(contract),
                links.genuinePage(),
                links.practice()));
  }

  private String text(String key, Object... values) {
    return text(Locale.JAPAN, key, values);
  }

  private String text(Locale locale, String key, Object... values) {
    return messages.getMessage(key, values, locale);
  }

  private static String placeholder(UUID link) {
    return "{link:%s}".formatted(link);
  }
}
