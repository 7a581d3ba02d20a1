package jp.musubi.authority;

import static jp.musubi.authority.Role.APPROVER;
import static jp.musubi.authority.Role.AUDITOR;
import static jp.musubi.authority.Role.BODY_ADMIN;
import static jp.musubi.authority.Role.CLERK;
import static jp.musubi.authority.Role.OPERATOR;
import static jp.musubi.authority.Role.SECRETARIAT;
import static jp.musubi.authority.Role.SECTION_ADMIN;
import static jp.musubi.authority.Role.SIGNER;
import static jp.musubi.authority.Role.VIEWER;

import java.util.EnumSet;
import java.util.Set;

/** 操作. What can be done, on what ground, and which roles carry it. */
public enum Act {
  /** ホーム、自分の登録内容: what every member of staff has. */
  BE_SIGNED_IN(Ground.NONE, EnumSet.allOf(Role.class)),
  /** 契約の一覧: the list itself shows only what {@link #SEE_CONTRACT} reaches. */
  LIST_CONTRACTS(
      Ground.NONE, EnumSet.of(CLERK, APPROVER, SIGNER, VIEWER, AUDITOR, SECTION_ADMIN, BODY_ADMIN)),
  /** 契約を見る, with its files, pages and history; 監査 sees what was drawn and opened to them. */
  SEE_CONTRACT(
      Ground.CONTRACT,
      EnumSet.of(CLERK, APPROVER, SIGNER, VIEWER, AUDITOR, SECTION_ADMIN, BODY_ADMIN)),
  /** 契約を作る, in one's own section. */
  MAKE_CONTRACT(Ground.OWN_SECTION, EnumSet.of(CLERK)),
  /** 契約を進める: edit a draft, send, send the link anew, withdraw. */
  HANDLE_CONTRACT(Ground.CONTRACT, EnumSet.of(CLERK)),
  /** フォルダを作る、変える、契約を移す; in whose cabinet, the feature decides. */
  KEEP_FOLDERS(Ground.NONE, EnumSet.of(CLERK, SECTION_ADMIN, BODY_ADMIN)),
  /** フォルダの公開先と親展を変える; in whose cabinet, the feature decides. */
  OPEN_FOLDERS(Ground.NONE, EnumSet.of(SECTION_ADMIN, BODY_ADMIN)),
  /** 契約をフォルダに移す; which, the feature decides as {@link #HANDLE_CONTRACT} does. */
  FILE_CONTRACTS(Ground.NONE, EnumSet.of(CLERK)),
  /** ひな形を見る、登録する、変える; whose, the feature decides. */
  KEEP_TEMPLATES(Ground.NONE, EnumSet.of(CLERK, SECTION_ADMIN, BODY_ADMIN)),
  /** 一括送信をする; of which section, the feature decides. */
  SEND_IN_BULK(Ground.NONE, EnumSet.of(CLERK)),
  /** 台帳の項目を一覧で直す; which contracts, the feature decides as {@link #HANDLE_CONTRACT} does. */
  CORRECT_BY_LIST(Ground.NONE, EnumSet.of(CLERK)),
  /** 署名を待つ契約の一覧. */
  LIST_SIGNATURES(Ground.NONE, EnumSet.of(SIGNER)),
  /** 契約名義で署名する; only whoever the contract names as office holder. */
  SIGN_CONTRACT(Ground.CONTRACT, EnumSet.of(SIGNER)),
  /** 承認待ちの一覧と、自分の代理. */
  LIST_APPROVALS(Ground.NONE, EnumSet.of(APPROVER)),
  /** 承認する、差し戻す; that it is their turn, the feature decides. */
  APPROVE_CONTRACT(Ground.CONTRACT, EnumSet.of(APPROVER)),
  /** 待っている承認の経路を変える; never of what one made oneself, which the feature decides. */
  REROUTE_APPROVAL(Ground.CONTRACT, EnumSet.of(BODY_ADMIN)),
  /** 承認経路と承認の決まりを変える. */
  CHANGE_ROUTES(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 所属を見る. */
  SEE_SECTIONS(Ground.NONE, EnumSet.of(BODY_ADMIN, SECTION_ADMIN, AUDITOR)),
  /** 所属を変える. */
  CHANGE_SECTIONS(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 契約名義を見る, with its holders and what they have not signed. */
  SEE_OFFICES(Ground.NONE, EnumSet.of(BODY_ADMIN, SECTION_ADMIN, AUDITOR, CLERK, SIGNER)),
  /** 契約名義を変える. */
  CHANGE_OFFICES(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 職員の一覧: the list itself shows only what {@link #SEE_MEMBER} reaches. */
  LIST_STAFF(Ground.NONE, EnumSet.of(OPERATOR, BODY_ADMIN, SECTION_ADMIN, AUDITOR)),
  /** 職員を登録する; where, the service decides from the form. */
  ADD_STAFF(Ground.NONE, EnumSet.of(OPERATOR, BODY_ADMIN, SECTION_ADMIN)),
  /** 職員の登録内容を見る. */
  SEE_MEMBER(Ground.MEMBER, EnumSet.of(OPERATOR, BODY_ADMIN, SECTION_ADMIN, AUDITOR)),
  /** 職員の登録を変える: details, roles, invitation, use, handover. */
  CHANGE_MEMBER(Ground.MEMBER, EnumSet.of(OPERATOR, BODY_ADMIN, SECTION_ADMIN)),
  /** 二つめの要素の登録を消す, for somebody who lost them all. */
  RESET_FACTORS(Ground.MEMBER, EnumSet.of(OPERATOR, BODY_ADMIN)),
  /** 職を置き、人をあてる. */
  CHANGE_POSTS(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 人事異動. */
  TRANSFER_STAFF(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 団体の設定. */
  CHANGE_SETTINGS(Ground.NONE, EnumSet.of(OPERATOR, BODY_ADMIN)),
  /** 接続元の制限; never the operator's own body's, so that somebody can always let others in. */
  CHANGE_ADDRESSES(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 連携プログラムとWebhookの送り先を見る、登録する、鍵を替える、止める. */
  KEEP_PROGRAMS(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 相手方台帳、利用申出、承諾の記録を見る. */
  SEE_SUPPLIERS(
      Ground.NONE, EnumSet.of(CLERK, APPROVER, SIGNER, AUDITOR, SECTION_ADMIN, BODY_ADMIN)),
  /** 相手方を登録する、変える; 利用申出を受理する、却下する; 承諾を求める. */
  CHANGE_SUPPLIERS(Ground.NONE, EnumSet.of(CLERK, SECTION_ADMIN, BODY_ADMIN)),
  /** 相手方を一括で登録する. */
  IMPORT_SUPPLIERS(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 監査記録を見る・出力する; of contracts, 監査 sees what concerns those opened to them. */
  SEE_AUDIT(Ground.NONE, EnumSet.of(BODY_ADMIN, AUDITOR)),
  /** 検査提出セットを、団体が自ら選んで取り出す. */
  TAKE_BUNDLE(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 抽出を見る: an auditor's own, or all of the body. */
  SEE_SAMPLES(Ground.NONE, EnumSet.of(BODY_ADMIN, AUDITOR)),
  /** 台帳から抽出する; the ledger shows what lies in the sections the role is held for. */
  DRAW_SAMPLE(Ground.NONE, EnumSet.of(AUDITOR)),
  /** 抽出した契約の閲覧を認める、終わらせる; never one's own. */
  OPEN_SAMPLE(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 保存期間が過ぎた契約、廃棄の案、廃棄簿を見る; of which contracts, their reach decides. */
  SEE_DISPOSALS(Ground.NONE, EnumSet.of(APPROVER, SECTION_ADMIN, BODY_ADMIN)),
  /** 廃棄の案を作る. */
  PROPOSE_DISPOSAL(Ground.NONE, EnumSet.of(SECTION_ADMIN, BODY_ADMIN)),
  /** 廃棄を確定する、差し戻す; that it is not their own proposal, the feature decides. */
  CONFIRM_DISPOSAL(Ground.NONE, EnumSet.of(APPROVER, SECTION_ADMIN, BODY_ADMIN)),
  /** 保存年限を延ばす、廃棄を保留する. */
  KEEP_CONTRACT(Ground.CONTRACT, EnumSet.of(SECTION_ADMIN, BODY_ADMIN)),
  /** 有効期間の延長の進み具合を見る; of which contracts, their reach decides. */
  SEE_RENEWALS(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 有効期間を今すぐ延長する. */
  RENEW_NOW(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** データ一式を引き継ぐ、残余データの消去を申し出る; that two are needed, the feature decides. */
  CLOSE_BODY(Ground.NONE, EnumSet.of(BODY_ADMIN)),
  /** 残余データを消去する; that two are needed, the feature decides. */
  CARRY_OUT_CLOSURE(Ground.NONE, EnumSet.of(OPERATOR)),
  /** 参加団体の一覧と件数. */
  SEE_BODIES(Ground.NONE, EnumSet.of(OPERATOR, SECRETARIAT)),
  /** 団体を開く. */
  OPEN_BODY(Ground.NONE, EnumSet.of(OPERATOR)),
  /** 団体の最後の管理者を助ける. */
  HELP_ADMINISTRATOR(Ground.NONE, EnumSet.of(OPERATOR)),
  /** 原本の保管の状態. */
  SEE_STORE(Ground.NONE, EnumSet.of(OPERATOR)),
  /** 毎晩の監査の結果を見る、いま監査する. */
  AUDIT_SERVICE(Ground.NONE, EnumSet.of(OPERATOR)),
  /** 有効期間の件数を見る、暗号方式と時刻認証局の期限を入れる. */
  LIMIT_PROTECTION(Ground.NONE, EnumSet.of(OPERATOR)),
  /** 鍵を申請する、確かめる; that two are needed, the feature decides. */
  KEEP_KEYS(Ground.NONE, EnumSet.of(OPERATOR)),
  /** お知らせを出す、終わらせる. */
  ANNOUNCE(Ground.NONE, EnumSet.of(OPERATOR)),
  /** 緊急閲覧を求める、承認する; that two are needed, the feature decides. */
  BREAK_GLASS(Ground.NONE, EnumSet.of(OPERATOR)),
  /** 運営者の緊急閲覧を団体が見る、終わらせる. */
  SEE_EMERGENCIES(Ground.NONE, EnumSet.of(BODY_ADMIN));

  /** What an act is done to. */
  public enum Ground {
    /** Nothing in particular: whoever holds the role anywhere may. */
    NONE,
    /** The person's own section. */
    OWN_SECTION,
    /** The contract named {@code id} in the path. */
    CONTRACT,
    /** The member of staff named {@code id} in the path. */
    MEMBER
  }

  private final Ground ground;

  // Set.copyOf makes it immutable, which the checker cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Role> roles;

  Act(Ground ground, Set<Role> roles) {
    this.ground = ground;
    this.roles = Set.copyOf(roles);
  }

  /** What it is done to. */
  public Ground ground() {
    return ground;
  }

  /** Which roles carry it. */
  public Set<Role> roles() {
    return roles;
  }

  /** The act without which a person is not even told that the thing exists. */
  Act seeing() {
    return switch (ground) {
      case CONTRACT -> SEE_CONTRACT;
      case MEMBER -> SEE_MEMBER;
      case NONE, OWN_SECTION -> this;
    };
  }
}
