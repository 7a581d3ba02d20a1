package jp.musubi.contract;

/**
 * How each refusal is told. Under the key lie three messages: {@code .what} happened, {@code .kept}
 * what was kept, {@code .next} what to do now.
 */
public final class RefusalMessages {
  private RefusalMessages() {}

  /** The message key of a refusal, e.g. {@code refusal.deadlinePassed}. */
  public static String key(Refusal refusal) {
    return switch (refusal) {
      case Refusal.DeadlinePassed _ -> "refusal.deadlinePassed";
      case Refusal.NotYetDue _ -> "refusal.notYetDue";
      case Refusal.UnfitRelease _ -> "refusal.unfitRelease";
      case Refusal.DocumentChanged _ -> "refusal.documentChanged";
      case Refusal.PartiesIncomplete _ -> "refusal.partiesIncomplete";
      case Refusal.NotYourTurn _ -> "refusal.notYourTurn";
      case Refusal.AlreadyAgreed _ -> "refusal.alreadyAgreed";
      case Refusal.DelegatedTooOften _ -> "refusal.delegatedTooOften";
      case Refusal.NamedInMandate _ -> "refusal.namedInMandate";
      case Refusal.SealPending _ -> "refusal.sealPending";
      case Refusal.SealNotAwaited _ -> "refusal.sealNotAwaited";
      case Refusal.OfficeNotHeld _ -> "refusal.officeNotHeld";
      case Refusal.NotElectronic _ -> "refusal.notElectronic";
      case Refusal.IdentificationTooWeak _ -> "refusal.identificationTooWeak";
      case Refusal.IdentificationNotPossible _ -> "refusal.identificationNotPossible";
      case Refusal.UnderApproval _ -> "refusal.underApproval";
      case Refusal.ApprovalMissing _ -> "refusal.approvalMissing";
      case Refusal.ApprovalOutdated _ -> "refusal.approvalOutdated";
      case Refusal.NoApprovalRoute _ -> "refusal.noApprovalRoute";
      case Refusal.ConsentMissing _ -> "refusal.consentMissing";
      case Refusal.DomainDenied _ -> "refusal.domainDenied";
      case Refusal.UnfitOriginal _ -> "refusal.unfitOriginal";
      case Refusal.SameDocument _ -> "refusal.sameDocument";
      case Refusal.LayoutUnseen _ -> "refusal.layoutUnseen";
      case Refusal.NotArchival _ -> "refusal.notArchival";
      case Refusal.SetNotBound _ -> "refusal.setNotBound";
      case Refusal.SetNotPrepared _ -> "refusal.setNotPrepared";
      case Refusal.InputsMissing _ -> "refusal.inputsMissing";
      case Refusal.InputsUnfit _ -> "refusal.inputsUnfit";
      case Refusal.SubmissionsMissing _ -> "refusal.submissionsMissing";
      case Refusal.MarksUnfit _ -> "refusal.marksUnfit";
      case Refusal.MandateMissing _ -> "refusal.mandateMissing";
      case Refusal.OwnSignatureNotAlone _ -> "refusal.ownSignatureNotAlone";
      case Refusal.OwnSignatureNotPossible _ -> "refusal.ownSignatureNotPossible";
      case Refusal.OwnSignatureMissing _ -> "refusal.ownSignatureMissing";
      case Refusal.OwnSignatureNotAsked _ -> "refusal.ownSignatureNotAsked";
      case Refusal.NotInThisState _ -> "refusal.notInThisState";
    };
  }
}
