package jp.musubi.contract;

/** 依頼メールの下見. What a counterparty will be sent, for the sender's review. */
public interface InvitationPreview {

  /** The mail as it would be sent now; where the link will stand, it says so in words. */
  Preview of(Particulars contract, Party party);

  /** A mail to look at. */
  record Preview(String subject, String body) {}
}
