package jp.musubi.contract;

import java.time.Instant;
import java.util.List;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.Finding;

/** Why a step was not taken. Expected in daily use, hence a value and never an exception. */
public sealed interface Refusal {
  /** The deadline has come; it ends exclusively. */
  record DeadlinePassed(Instant deadline) implements Refusal {}

  /** The deadline has not come yet. */
  record NotYetDue(Instant deadline) implements Refusal {}

  /** What is scheduled leaves later than now and before its deadline. */
  record UnfitRelease(Instant releaseAt, Instant deadline) implements Refusal {}

  /** The bytes shown are not the bytes that would be signed. */
  record DocumentChanged(Sha256 shown, Sha256 current) implements Refusal {}

  /** Fewer than two parties, or the sender is not the first. */
  record PartiesIncomplete() implements Refusal {}

  /** Somebody else has to agree first. */
  record NotYourTurn(PartyId who) implements Refusal {}

  /** This party has agreed before. */
  record AlreadyAgreed(PartyId who) implements Refusal {}

  /** This party has been passed on too often: a link is no means to write to strangers. */
  record DelegatedTooOften(PartyId who) implements Refusal {}

  /** Who is to agree stands in a 委任状: another could not do so by it. */
  record NamedInMandate(PartyId who) implements Refusal {}

  /** The seal of the agreement before is still being made; a matter of seconds. */
  record SealPending() implements Refusal {}

  /** No agreement with this ordinal waits for its seal. */
  record SealNotAwaited(int ordinal) implements Refusal {}

  /** Nobody holds the office on this day, or another person does. */
  record OfficeNotHeld(String office) implements Refusal {}

  /** By law or by the body's rules it is no contract to be made electronically. */
  record NotElectronic(List<Eligibility.Reason> reasons) implements Refusal {
    /** Keeps its own copy. */
    public NotElectronic {
      reasons = List.copyOf(reasons);
    }
  }

  /** A counterparty would show less of who it is than the body asks for. */
  record IdentificationTooWeak(Identification.Level least) implements Refusal {}

  /** A counterparty would be asked for what this installation cannot ask for any more. */
  record IdentificationNotPossible(Identification.Way way) implements Refusal {}

  /** Its approval is awaited; until then it is neither sent nor changed. */
  record UnderApproval() implements Refusal {}

  /** A route of approval applies, and nobody has asked for it or it was returned. */
  record ApprovalMissing() implements Refusal {}

  /** What was approved is not what would be sent. */
  record ApprovalOutdated() implements Refusal {}

  /** The body sends nothing without approval, and no route applies. */
  record NoApprovalRoute() implements Refusal {}

  /** A contract of works, and this counterparty has not consented (建設業法 19 条 3 項). */
  record ConsentMissing(String counterparty) implements Refusal {}

  /** The body sends nothing to this address's domain. */
  record DomainDenied(String mail) implements Refusal {}

  /** A contract in that state cannot be gone back to so: there is nothing to change, or to redo. */
  record UnfitOriginal(Relation relation, String state) implements Refusal {}

  /** What is to change or correct a contract has the very document of that contract. */
  record SameDocument() implements Refusal {}

  /** One of its files was made from an office's document, and nobody has looked at it since. */
  record LayoutUnseen() implements Refusal {}

  /** It is to be kept for long, and the body sends such contracts as PDF/A only. */
  record NotArchival() implements Refusal {}

  /** Its document and attachments, bound into one file, are more than may be sealed. */
  record SetNotBound(List<Finding> findings) implements Refusal {
    /** Keeps its own copy. */
    public SetNotBound {
      findings = List.copyOf(findings);
    }
  }

  /** Its attachments have changed and are not bound into the file yet. */
  record SetNotPrepared() implements Refusal {}

  /** Something that has to be written into its document was not, or by somebody else (入力項目). */
  record InputsMissing(List<String> labels) implements Refusal {
    /** Keeps its own copy. */
    public InputsMissing {
      labels = List.copyOf(labels);
    }
  }

  /** What is to be written into its document has no place there. */
  record InputsUnfit(List<String> labels) implements Refusal {
    /** Keeps its own copy. */
    public InputsUnfit {
      labels = List.copyOf(labels);
    }
  }

  /** A document that a counterparty has to hand in was not handed in, or not taken (提出の依頼). */
  record SubmissionsMissing(List<String> names) implements Refusal {
    /** Keeps its own copy. */
    public SubmissionsMissing {
      names = List.copyOf(names);
    }
  }

  /** What is to be seen of these seals cannot be drawn into it, or must not be any more. */
  record MarksUnfit(List<String> labels) implements Refusal {
    /** Keeps its own copy. */
    public MarksUnfit {
      labels = List.copyOf(labels);
    }
  }

  /** An agent of a counterparty has no 委任 that covers the contract (委任). */
  record MandateMissing(List<String> reasons) implements Refusal {
    /** Keeps its own copy. */
    public MandateMissing {
      reasons = List.copyOf(reasons);
    }
  }

  /** Who signs with a certificate of its own shares its turn with somebody (当事者型). */
  record OwnSignatureNotAlone(List<String> labels) implements Refusal {
    /** Keeps its own copy. */
    public OwnSignatureNotAlone {
      labels = List.copyOf(labels);
    }
  }

  /** The installation takes no signatures of the parties' own any more. */
  record OwnSignatureNotPossible() implements Refusal {}

  /** This party has to hand in its own signature first. */
  record OwnSignatureMissing(PartyId who) implements Refusal {}

  /** Of this party nobody wants a signature of its own. */
  record OwnSignatureNotAsked(PartyId who) implements Refusal {}

  /** The contract's state has no such step, e.g. withdrawing what is concluded. */
  record NotInThisState(String state) implements Refusal {}
}
