package jp.musubi.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSample;
import jp.musubi.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route, asked for by every role, about what is their own section's (which a sample opens to
 * the auditor), of a section below, of another section and of another body (ASVS 8.2.1, 8.2.2). The
 * table is written by hand and knows nothing of {@link Act}; a route that is not in it fails the
 * test.
 */
@ServiceTest
@Tag("slow")
@DisplayName("認可の表")
class AuthorisationMatrixTest {

  /**
   * Method, route, of what kind it is, and who may. CONTRACT and MEMBER lie in a section; NAMED
   * wants the contract to name the person; BODY is anybody's of the body who holds the role; OPEN
   * wants nobody to be signed in; PROGRAM wants a program's key, and nobody's session opens it. A
   * star behind the route: what it names need not exist.
   */
  private static final String TABLE =
      """
      GET  /                                  BODY     *
      GET  /account                           BODY     *
      GET  /account/password                  BODY     *
      POST /account/password                  BODY     *
      GET  /account/sessions                  BODY     *
      POST /account/sessions/extension        BODY     *
      POST /account/sessions/others/end       BODY     *
      POST /account/sessions/{session}/end*   BODY     *
      GET  /account/factors                   BODY     *
      POST /account/factors/app               BODY     *
      GET  /account/factors/app               BODY     *
      POST /account/factors/app/confirmation  BODY     *
      POST /account/factors/app/removal       BODY     *
      POST /account/factors/recovery-codes    BODY     *
      POST /account/factors/passkeys          BODY     *
      POST /account/factors/passkeys/registration BODY *
      POST /account/factors/passkeys/removal  BODY     *
      GET  /signin/second                     BODY     *
      POST /signin/second                     BODY     *
      POST /signin/second/passkey             BODY     *
      POST /signin/second/assertion           BODY     *
      GET  /contracts                         BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/download                BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/download.zip*           BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /folders                           BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /folders/unfiled                   BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /folders/{folder}*                 BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /folders/filing                    BODY     CLERK
      GET  /folders/new                       BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /folders                           BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /folders/{folder}/change*          BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /folders/{folder}/change*          BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /folders/{folder}/removal*         BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /folders/{folder}/rights*          BODY     SECTION_ADMIN BODY_ADMIN
      POST /folders/{folder}/rights*          BODY     SECTION_ADMIN BODY_ADMIN
      GET  /register                          BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /register.csv                      BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /register/searches                 BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /register/searches/{search}/removal* BODY   CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/new                     BODY     CLERK
      GET  /elsewhere/new                     BODY     CLERK
      POST /elsewhere                         BODY     CLERK
      GET  /elsewhere/{upload}*               BODY     CLERK
      POST /elsewhere/{upload}/registration*  BODY     CLERK
      POST /elsewhere/{upload}/removal*       BODY     CLERK
      GET  /contracts/{id}/elsewhere*         CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /contracts                         BODY     CLERK
      GET  /contracts/{id}                    CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/pages/{number}.png CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/pages/{number}.txt CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/document.pdf       CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/certificate.pdf*   CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/reference.pdf*     CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/original           CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /contracts/{id}/original           CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/history            CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/history.pdf        CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/document           CONTRACT CLERK
      POST /contracts/{id}/document           CONTRACT CLERK
      GET  /contracts/{id}/layout             CONTRACT CLERK
      POST /contracts/{id}/layout             CONTRACT CLERK
      GET  /contracts/{id}/archival           CONTRACT CLERK
      POST /contracts/{id}/archival/check     CONTRACT CLERK
      POST /contracts/{id}/archival/conversion CONTRACT CLERK
      GET  /contracts/{id}/fields             CONTRACT CLERK
      POST /contracts/{id}/fields             CONTRACT CLERK
      GET  /contracts/{id}/fields/new         CONTRACT CLERK
      GET  /contracts/{id}/fields/pages/{number}.png CONTRACT CLERK
      POST /contracts/{id}/fields/places      CONTRACT CLERK
      POST /contracts/{id}/fields/asking*     CONTRACT CLERK
      GET  /contracts/{id}/fields/values      CONTRACT CLERK
      POST /contracts/{id}/fields/values      CONTRACT CLERK
      GET  /contracts/{id}/fields/{field}/change* CONTRACT CLERK
      POST /contracts/{id}/fields/{field}/change* CONTRACT CLERK
      POST /contracts/{id}/fields/{field}/removal* CONTRACT CLERK
      POST /contracts/{id}/fields/{field}/clearing* CONTRACT CLERK
      GET  /contracts/{id}/submissions        CONTRACT CLERK
      POST /contracts/{id}/submissions        CONTRACT CLERK
      GET  /contracts/{id}/submissions/new    CONTRACT CLERK
      POST /contracts/{id}/submissions/asking* CONTRACT CLERK
      GET  /contracts/{id}/submissions/{wanted}* CONTRACT CLERK
      GET  /contracts/{id}/submissions/{wanted}/content* CONTRACT CLERK
      GET  /contracts/{id}/submissions/{wanted}/pages/{number}.png* CONTRACT CLERK
      GET  /contracts/{id}/submissions/{wanted}/pages/{number}.txt* CONTRACT CLERK
      POST /contracts/{id}/submissions/{wanted}/acceptance* CONTRACT CLERK
      POST /contracts/{id}/submissions/{wanted}/return* CONTRACT CLERK
      POST /contracts/{id}/submissions/{wanted}/removal* CONTRACT CLERK
      GET  /drafts-asked                      BODY     CLERK
      GET  /drafts-asked/new                  BODY     CLERK
      POST /drafts-asked                      BODY     CLERK
      POST /drafts-asked/{call}/again*        BODY     CLERK
      POST /drafts-asked/{call}/end*          BODY     CLERK
      GET  /drafts-asked/{call}/{wanted}*     BODY     CLERK
      GET  /drafts-asked/{call}/{wanted}/content* BODY CLERK
      GET  /drafts-asked/{call}/{wanted}/pages/{number}.png* BODY CLERK
      GET  /drafts-asked/{call}/{wanted}/pages/{number}.txt* BODY CLERK
      POST /drafts-asked/{call}/{wanted}/acceptance* BODY CLERK
      POST /drafts-asked/{call}/{wanted}/return* BODY CLERK
      GET  /contracts/{id}/marks              CONTRACT CLERK
      POST /contracts/{id}/marks              CONTRACT CLERK
      GET  /contracts/{id}/marks/pages/{number}.png CONTRACT CLERK
      POST /contracts/{id}/marks/places       CONTRACT CLERK
      POST /contracts/{id}/marks/{mark}/removal* CONTRACT CLERK
      GET  /contracts/{id}/files              CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /contracts/{id}/files              CONTRACT CLERK
      POST /contracts/{id}/files/one          CONTRACT CLERK
      POST /contracts/{id}/files/settled      CONTRACT CLERK
      GET  /contracts/{id}/files/{file}*      CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /contracts/{id}/files/{file}*      CONTRACT CLERK
      GET  /contracts/{id}/files/{file}/content* CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/files/{file}/pages/{number}.png* CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/files/{file}/pages/{number}.txt* CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /contracts/{id}/files/{file}/content* CONTRACT CLERK
      POST /contracts/{id}/files/{file}/removal* CONTRACT CLERK
      POST /contracts/{id}/files/{file}/place* CONTRACT CLERK
      GET  /contracts/{id}/parties            CONTRACT CLERK
      POST /contracts/{id}/parties            CONTRACT CLERK
      GET  /contracts/{id}/arrangement        CONTRACT CLERK
      POST /contracts/{id}/arrangement        CONTRACT CLERK
      GET  /contracts/{id}/terms              CONTRACT CLERK
      POST /contracts/{id}/terms              CONTRACT CLERK
      GET  /contracts/{id}/review             CONTRACT CLERK
      POST /contracts/{id}/dispatch           CONTRACT CLERK
      GET  /contracts/{id}/copy               CONTRACT CLERK
      POST /contracts/{id}/copy               CONTRACT CLERK
      GET  /contracts/{id}/origin             CONTRACT CLERK
      POST /contracts/{id}/origin             CONTRACT CLERK
      GET  /contracts/{id}/register           CONTRACT CLERK
      POST /contracts/{id}/register           CONTRACT CLERK
      GET  /contracts/{id}/paper-conclusion   CONTRACT CLERK
      POST /contracts/{id}/paper-conclusion   CONTRACT CLERK
      GET  /contracts/{id}/council-vote       CONTRACT CLERK
      POST /contracts/{id}/council-vote       CONTRACT CLERK
      GET  /contracts/{id}/schedule           CONTRACT CLERK
      POST /contracts/{id}/schedule           CONTRACT CLERK
      POST /contracts/{id}/schedule/cancellation CONTRACT CLERK
      GET  /contracts/{id}/invitation         CONTRACT CLERK
      POST /contracts/{id}/invitation         CONTRACT CLERK
      GET  /contracts/{id}/reminders          CONTRACT CLERK
      POST /contracts/{id}/reminders          CONTRACT CLERK
      GET  /contracts/{id}/questions          CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/questions/{question}* CONTRACT CLERK
      POST /contracts/{id}/questions/{question}* CONTRACT CLERK
      GET  /contracts/{id}/folder             CONTRACT CLERK
      POST /contracts/{id}/folder             CONTRACT CLERK
      GET  /contracts/{id}/case               CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/tags               CONTRACT CLERK
      POST /contracts/{id}/tags               CONTRACT CLERK
      GET  /contracts/{id}/means              CONTRACT CLERK
      GET  /contracts/{id}/recipients         CONTRACT CLERK
      GET  /contracts/{id}/recipients/new     CONTRACT CLERK
      POST /contracts/{id}/recipients         CONTRACT CLERK
      POST /contracts/{id}/recipients/{recipient}/remove* CONTRACT CLERK
      POST /contracts/{id}/recipients/{recipient}/again* CONTRACT CLERK
      GET  /contracts/{id}/sharing            CONTRACT CLERK
      POST /contracts/{id}/means              CONTRACT CLERK
      POST /contracts/{id}/sharing            CONTRACT CLERK
      GET  /contracts/{id}/withdrawal         CONTRACT CLERK
      POST /contracts/{id}/withdrawal         CONTRACT CLERK
      GET  /contracts/{id}/paper              CONTRACT CLERK
      POST /contracts/{id}/paper              CONTRACT CLERK
      GET  /contracts/{id}/keeping            CONTRACT SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/keeping/extension* CONTRACT SECTION_ADMIN BODY_ADMIN
      POST /contracts/{id}/keeping/extension* CONTRACT SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/keeping/hold*      CONTRACT SECTION_ADMIN BODY_ADMIN
      POST /contracts/{id}/keeping/hold*      CONTRACT SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/keeping/holds/{hold}/end* CONTRACT SECTION_ADMIN BODY_ADMIN
      POST /contracts/{id}/keeping/holds/{hold}/end* CONTRACT SECTION_ADMIN BODY_ADMIN
      GET  /disposal                          BODY     APPROVER SECTION_ADMIN BODY_ADMIN
      GET  /disposal/book                     BODY     APPROVER SECTION_ADMIN BODY_ADMIN
      GET  /disposal/book.csv                 BODY     APPROVER SECTION_ADMIN BODY_ADMIN
      POST /disposal/proposals                BODY     SECTION_ADMIN BODY_ADMIN
      GET  /disposal/proposals/{proposal}*    BODY     APPROVER SECTION_ADMIN BODY_ADMIN
      GET  /disposal/proposals/{proposal}/confirmation* BODY APPROVER SECTION_ADMIN BODY_ADMIN
      POST /disposal/proposals/{proposal}/confirmation* BODY APPROVER SECTION_ADMIN BODY_ADMIN
      GET  /disposal/proposals/{proposal}/return* BODY APPROVER SECTION_ADMIN BODY_ADMIN
      POST /disposal/proposals/{proposal}/return* BODY APPROVER SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/protection*        CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/protection/{file}/{number}.pdf* CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /register/import                   BODY     CLERK
      POST /register/import                   BODY     CLERK
      POST /register/import/correction        BODY     CLERK
      GET  /register/validity                 BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /register/deadlines.ics            BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /statistics                        BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /statistics.csv*                   BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /statistics.pdf*                   BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /register/verification             BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /register/verification/new         BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      POST /register/verification             BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /register/verification/{round}*    BODY     CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /register/verification/{round}/result.csv* BODY CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /renewals                          BODY     BODY_ADMIN
      GET  /renewals/now                      BODY     BODY_ADMIN
      POST /renewals/now                      BODY     BODY_ADMIN
      GET  /protection                        BODY     OPERATOR
      GET  /protection/limits/new             BODY     OPERATOR
      POST /protection/limits                 BODY     OPERATOR
      POST /protection/limits/{limit}/end*    BODY     OPERATOR
      GET  /contracts/{id}/approval           CONTRACT CLERK APPROVER SIGNER VIEWER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /contracts/{id}/approval/request   CONTRACT CLERK
      POST /contracts/{id}/approval/request   CONTRACT CLERK
      POST /contracts/{id}/approval/recall    CONTRACT CLERK
      GET  /contracts/{id}/approval/route     CONTRACT BODY_ADMIN
      POST /contracts/{id}/approval/route     CONTRACT BODY_ADMIN
      POST /contracts/{id}/approval/consent   CONTRACT APPROVER
      POST /contracts/{id}/approval/return    CONTRACT APPROVER
      GET  /approvals                         BODY     APPROVER
      POST /approvals                         BODY     APPROVER
      GET  /approvals/stand-ins               BODY     APPROVER
      GET  /approvals/stand-ins/new           BODY     APPROVER
      POST /approvals/stand-ins               BODY     APPROVER
      POST /approvals/stand-ins/{standIn}/end* BODY    APPROVER
      GET  /settings/approval                 BODY     BODY_ADMIN
      GET  /settings/approval/policy          BODY     BODY_ADMIN
      POST /settings/approval/policy          BODY     BODY_ADMIN
      GET  /settings/approval/routes/new      BODY     BODY_ADMIN
      POST /settings/approval/routes          BODY     BODY_ADMIN
      GET  /settings/approval/routes/{route}* BODY     BODY_ADMIN
      POST /settings/approval/routes/{route}* BODY     BODY_ADMIN
      POST /settings/approval/routes/{route}/end* BODY BODY_ADMIN
      GET  /contracts/{id}/signature          NAMED    SIGNER
      POST /contracts/{id}/signature          NAMED    SIGNER
      GET  /signatures                        BODY     SIGNER
      GET  /signatures/all                    BODY     SIGNER
      POST /signatures/all                    BODY     SIGNER
      GET  /templates                         BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /templates/new                     BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /templates                         BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /templates/{template}*             BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /templates/{template}/pages/{number}.png* BODY CLERK SECTION_ADMIN BODY_ADMIN
      GET  /templates/{template}/list.csv*    BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /templates/{template}/copy*        BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /templates/{template}/retirement*  BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /templates/{template}/fields/new*  BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /templates/{template}/fields*      BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /templates/{template}/fields/{field}/change* BODY CLERK SECTION_ADMIN BODY_ADMIN
      POST /templates/{template}/fields/{field}/change* BODY CLERK SECTION_ADMIN BODY_ADMIN
      POST /templates/{template}/fields/{field}/removal* BODY CLERK SECTION_ADMIN BODY_ADMIN
      GET  /bulk                              BODY     CLERK
      GET  /bulk/new                          BODY     CLERK
      POST /bulk                              BODY     CLERK
      GET  /bulk/{run}*                       BODY     CLERK
      GET  /bulk/{run}/errors.csv*            BODY     CLERK
      GET  /bulk/{run}/rows/{line}.pdf*       BODY     CLERK
      GET  /bulk/{run}/review*                BODY     CLERK
      POST /bulk/{run}/drafts*                BODY     CLERK
      POST /bulk/{run}/pause*                 BODY     CLERK
      POST /bulk/{run}/resumption*            BODY     CLERK
      POST /bulk/{run}/retry*                 BODY     CLERK
      POST /bulk/{run}/cancellation*          BODY     CLERK
      POST /bulk/{run}/dispatch*              BODY     CLERK
      GET  /bulk/{run}/schedule*              BODY     CLERK
      POST /bulk/{run}/schedule*              BODY     CLERK
      POST /bulk/{run}/codes*                 BODY     CLERK
      GET  /sections                          BODY     AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /sections/new                      BODY     BODY_ADMIN
      POST /sections                          BODY     BODY_ADMIN
      GET  /sections/lists                    BODY     BODY_ADMIN
      POST /sections/lists                    BODY     BODY_ADMIN
      GET  /sections/lists/new                BODY     BODY_ADMIN
      GET  /sections/lists/template.csv       BODY     BODY_ADMIN
      GET  /sections/lists/{list}*            BODY     BODY_ADMIN
      POST /sections/lists/{list}/effect*     BODY     BODY_ADMIN
      POST /sections/lists/{list}/cancellation* BODY   BODY_ADMIN
      GET  /sections/{id}                     SECTION  AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /sections/{id}/change              SECTION  BODY_ADMIN
      POST /sections/{id}/change              SECTION  BODY_ADMIN
      GET  /sections/{id}/closure             SECTION  BODY_ADMIN
      POST /sections/{id}/closure             SECTION  BODY_ADMIN
      GET  /sections/{id}/posts/new           SECTION  BODY_ADMIN
      POST /sections/{id}/posts               SECTION  BODY_ADMIN
      GET  /posts/{id}*                       POST     AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /posts/{id}/holder*                POST     BODY_ADMIN
      POST /posts/{id}/holder*                POST     BODY_ADMIN
      GET  /offices                           BODY     CLERK SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /offices/new                       BODY     BODY_ADMIN
      POST /offices                           BODY     BODY_ADMIN
      GET  /offices/{id}                      OFFICE   CLERK SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /offices/{id}/unsigned             OFFICE   CLERK SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /offices/{id}/holder               OFFICE   BODY_ADMIN
      POST /offices/{id}/holder               OFFICE   BODY_ADMIN
      GET  /offices/{id}/term-end             OFFICE   BODY_ADMIN
      POST /offices/{id}/term-end             OFFICE   BODY_ADMIN
      GET  /staff                             BODY     AUDITOR SECTION_ADMIN BODY_ADMIN OPERATOR
      GET  /staff/new                         BODY     SECTION_ADMIN BODY_ADMIN OPERATOR
      POST /staff                             BODY     SECTION_ADMIN BODY_ADMIN OPERATOR
      GET  /staff/{id}                        MEMBER   AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /staff/{id}/change                 MEMBER   SECTION_ADMIN BODY_ADMIN
      POST /staff/{id}/change                 MEMBER   SECTION_ADMIN BODY_ADMIN
      GET  /staff/{id}/grants/new             MEMBER   SECTION_ADMIN BODY_ADMIN
      POST /staff/{id}/grants                 MEMBER   SECTION_ADMIN BODY_ADMIN
      POST /staff/{id}/grants/{grant}/end*    MEMBER   SECTION_ADMIN BODY_ADMIN
      POST /staff/{id}/invitation             MEMBER   SECTION_ADMIN BODY_ADMIN
      GET  /staff/{id}/end                    MEMBER   SECTION_ADMIN BODY_ADMIN
      POST /staff/{id}/end                    MEMBER   SECTION_ADMIN BODY_ADMIN
      POST /staff/{id}/reopening              MEMBER   SECTION_ADMIN BODY_ADMIN
      GET  /staff/{id}/handover               MEMBER   SECTION_ADMIN BODY_ADMIN
      POST /staff/{id}/handover               MEMBER   SECTION_ADMIN BODY_ADMIN
      GET  /staff/{id}/factors                MEMBER   BODY_ADMIN
      POST /staff/{id}/factors                MEMBER   BODY_ADMIN
      POST /staff/{id}/release                MEMBER   SECTION_ADMIN BODY_ADMIN
      POST /staff/{id}/sessions/{session}/end* MEMBER  SECTION_ADMIN BODY_ADMIN
      GET  /transfers                         BODY     BODY_ADMIN
      GET  /transfers/new                     BODY     BODY_ADMIN
      GET  /transfers/template.csv            BODY     BODY_ADMIN
      POST /transfers                         BODY     BODY_ADMIN
      GET  /transfers/{id}*                   TRANSFER BODY_ADMIN
      POST /transfers/{id}/reservation*       TRANSFER BODY_ADMIN
      POST /transfers/{id}/cancellation*      TRANSFER BODY_ADMIN
      POST /transfers/{id}/rollback*          TRANSFER BODY_ADMIN
      GET  /settings                          BODY     BODY_ADMIN OPERATOR
      GET  /settings/sign-in                  BODY     BODY_ADMIN OPERATOR
      POST /settings/sign-in                  BODY     BODY_ADMIN OPERATOR
      GET  /audit                             BODY     AUDITOR BODY_ADMIN
      GET  /audit/bundle                      BODY     BODY_ADMIN
      GET  /audit/bundle.zip*                 BODY     BODY_ADMIN
      GET  /audit/samples                     BODY     AUDITOR BODY_ADMIN
      POST /audit/samples                     BODY     AUDITOR
      GET  /audit/samples/new                 BODY     AUDITOR
      GET  /audit/samples/{sample}*           BODY     AUDITOR BODY_ADMIN
      GET  /audit/samples/{sample}/opening*   BODY     BODY_ADMIN
      POST /audit/samples/{sample}/opening*   BODY     BODY_ADMIN
      POST /audit/samples/{sample}/end*       BODY     BODY_ADMIN
      GET  /audit/samples/{sample}/bundle.zip* BODY    AUDITOR BODY_ADMIN
      GET  /audit/record.csv                  BODY     AUDITOR BODY_ADMIN
      GET  /audit/record.jsonl                BODY     AUDITOR BODY_ADMIN
      GET  /bodies                            BODY     OPERATOR SECRETARIAT
      GET  /bodies/statistics                 BODY     OPERATOR SECRETARIAT
      GET  /bodies/statistics.csv*            BODY     OPERATOR SECRETARIAT
      GET  /bodies/statistics.pdf*            BODY     OPERATOR SECRETARIAT
      GET  /bodies/new                        BODY     OPERATOR
      POST /bodies                            BODY     OPERATOR
      GET  /bodies/{body}/administrator*      BODY     OPERATOR
      POST /bodies/{body}/administrator*      BODY     OPERATOR
      GET  /store                             BODY     OPERATOR
      GET  /nightly-audit                     BODY     OPERATOR
      POST /nightly-audit                     BODY     OPERATOR
      GET  /backup                            BODY     OPERATOR
      GET  /closure                           BODY     BODY_ADMIN
      GET  /closure/handover                  BODY     BODY_ADMIN
      POST /closure/handover                  BODY     BODY_ADMIN
      GET  /closure/handover/{handover}/parts/{part}.zip* BODY BODY_ADMIN
      GET  /closure/request                   BODY     BODY_ADMIN
      POST /closure/request                   BODY     BODY_ADMIN
      GET  /closure/{id}/confirmation*        BODY     BODY_ADMIN
      POST /closure/{id}/confirmation*        BODY     BODY_ADMIN
      GET  /closure/{id}/cancellation*        BODY     BODY_ADMIN
      POST /closure/{id}/cancellation*        BODY     BODY_ADMIN
      GET  /closures                          BODY     OPERATOR
      GET  /closures/{id}*                    BODY     OPERATOR
      GET  /closures/{id}/order*              BODY     OPERATOR
      POST /closures/{id}/order*              BODY     OPERATOR
      GET  /closures/{id}/approval*           BODY     OPERATOR
      POST /closures/{id}/approval*           BODY     OPERATOR
      GET  /closures/{id}/report.pdf*         BODY     OPERATOR
      GET  /closures/{id}/report.json*        BODY     OPERATOR
      GET  /keys                              BODY     OPERATOR
      GET  /keys/{fingerprint}/proposal*      BODY     OPERATOR
      POST /keys/{fingerprint}/proposal*      BODY     OPERATOR
      GET  /keys/{fingerprint}/confirmation*  BODY     OPERATOR
      POST /keys/{fingerprint}/confirmation*  BODY     OPERATOR
      GET  /announcements                     BODY     OPERATOR
      GET  /announcements/new                 BODY     OPERATOR
      POST /announcements                     BODY     OPERATOR
      POST /announcements/{announcement}/end* BODY     OPERATOR
      GET  /bodies/address-release            BODY     OPERATOR
      POST /bodies/address-release            BODY     OPERATOR
      GET  /settings/file-names               BODY     BODY_ADMIN OPERATOR
      POST /settings/file-names               BODY     BODY_ADMIN OPERATOR
      GET  /settings/record-keeping           BODY     BODY_ADMIN OPERATOR
      POST /settings/record-keeping           BODY     BODY_ADMIN OPERATOR
      GET  /settings/contracts                BODY     BODY_ADMIN OPERATOR
      POST /settings/contracts                BODY     BODY_ADMIN OPERATOR
      GET  /settings/items                    BODY     BODY_ADMIN OPERATOR
      GET  /settings/items/new                BODY     BODY_ADMIN OPERATOR
      POST /settings/items                    BODY     BODY_ADMIN OPERATOR
      GET  /settings/items/{item}/change*     BODY     BODY_ADMIN OPERATOR
      POST /settings/items/{item}/change*     BODY     BODY_ADMIN OPERATOR
      POST /settings/items/{item}/retirement* BODY     BODY_ADMIN OPERATOR
      GET  /settings/mappings                 BODY     BODY_ADMIN OPERATOR
      GET  /settings/mappings/new             BODY     BODY_ADMIN OPERATOR
      GET  /settings/mappings/{mapping}*      BODY     BODY_ADMIN OPERATOR
      GET  /settings/mappings/{mapping}/change* BODY   BODY_ADMIN OPERATOR
      POST /settings/mappings/sample          BODY     BODY_ADMIN OPERATOR
      POST /settings/mappings/fields          BODY     BODY_ADMIN OPERATOR
      POST /settings/mappings/{mapping}/end*  BODY     BODY_ADMIN OPERATOR
      GET  /settings/mappings/examples/{example}.csv* BODY BODY_ADMIN OPERATOR
      GET  /settings/mappings/examples/{example}* BODY BODY_ADMIN OPERATOR
      GET  /settings/filing                   BODY     BODY_ADMIN OPERATOR
      GET  /settings/filing/new               BODY     BODY_ADMIN OPERATOR
      POST /settings/filing                   BODY     BODY_ADMIN OPERATOR
      GET  /settings/filing/{rule}/change*    BODY     BODY_ADMIN OPERATOR
      POST /settings/filing/{rule}/change*    BODY     BODY_ADMIN OPERATOR
      POST /settings/filing/{rule}/place*     BODY     BODY_ADMIN OPERATOR
      POST /settings/filing/{rule}/removal*   BODY     BODY_ADMIN OPERATOR
      GET  /settings/tags                     BODY     BODY_ADMIN OPERATOR
      GET  /settings/tags/new                 BODY     BODY_ADMIN OPERATOR
      POST /settings/tags                     BODY     BODY_ADMIN OPERATOR
      GET  /settings/tags/{tag}/change*       BODY     BODY_ADMIN OPERATOR
      POST /settings/tags/{tag}/change*       BODY     BODY_ADMIN OPERATOR
      POST /settings/tags/{tag}/retirement*   BODY     BODY_ADMIN OPERATOR
      GET  /settings/reminders                BODY     BODY_ADMIN OPERATOR
      POST /settings/reminders                BODY     BODY_ADMIN OPERATOR
      GET  /settings/eligibility              BODY     BODY_ADMIN OPERATOR
      POST /settings/eligibility              BODY     BODY_ADMIN OPERATOR
      GET  /settings/identification           BODY     BODY_ADMIN OPERATOR
      POST /settings/identification           BODY     BODY_ADMIN OPERATOR
      GET  /settings/archival                 BODY     BODY_ADMIN OPERATOR
      POST /settings/archival                 BODY     BODY_ADMIN OPERATOR
      GET  /manual                            BODY     *
      GET  /manual/print                      BODY     *
      GET  /manual/chapters/{chapter}*        BODY     *
      GET  /manual/chapters/{chapter}/note*   BODY     BODY_ADMIN OPERATOR
      POST /manual/chapters/{chapter}/note*   BODY     BODY_ADMIN OPERATOR
      GET  /settings/letters                  BODY     BODY_ADMIN OPERATOR
      GET  /settings/letters/samples/{part}*  BODY     BODY_ADMIN OPERATOR
      GET  /settings/letters/change           BODY     BODY_ADMIN OPERATOR
      POST /settings/letters/change           BODY     BODY_ADMIN OPERATOR
      GET  /suppliers                         BODY     CLERK APPROVER SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /suppliers/new                     BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /suppliers                         BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /suppliers/import                  BODY     BODY_ADMIN
      POST /suppliers/import                  BODY     BODY_ADMIN
      GET  /suppliers/import/mapped           BODY     BODY_ADMIN
      POST /suppliers/import/mapped           BODY     BODY_ADMIN
      GET  /suppliers/import/template.csv     BODY     BODY_ADMIN
      GET  /suppliers/import/{list}*          BODY     BODY_ADMIN
      POST /suppliers/import/{list}/effect*   BODY     BODY_ADMIN
      POST /suppliers/import/{list}/cancellation* BODY BODY_ADMIN
      GET  /suppliers/{supplier}*             BODY     CLERK APPROVER SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /suppliers/{supplier}/change*      BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /suppliers/{supplier}/change*      BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /suppliers/{supplier}/end*         BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /suppliers/{supplier}/end*         BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /suppliers/{supplier}/contacts/new* BODY    CLERK SECTION_ADMIN BODY_ADMIN
      POST /suppliers/{supplier}/contacts*    BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /suppliers/{supplier}/contacts/{contact}/change* BODY CLERK SECTION_ADMIN BODY_ADMIN
      POST /suppliers/{supplier}/contacts/{contact}/change* BODY CLERK SECTION_ADMIN BODY_ADMIN
      POST /suppliers/{supplier}/contacts/{contact}/end* BODY CLERK SECTION_ADMIN BODY_ADMIN
      GET  /suppliers/{supplier}/consents/new* BODY    CLERK SECTION_ADMIN BODY_ADMIN
      POST /suppliers/{supplier}/consents*    BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /suppliers/{supplier}/mandates/new* BODY    CLERK SECTION_ADMIN BODY_ADMIN
      POST /suppliers/{supplier}/mandates*    BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /mandates                          BODY     CLERK APPROVER SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /mandates/list.csv                 BODY     CLERK APPROVER SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /mandates/{mandate}*               BODY     CLERK APPROVER SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /mandates/{mandate}/papers/{version}.pdf* BODY CLERK APPROVER SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /mandates/{mandate}/correction*    BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /mandates/{mandate}/correction*    BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /mandates/{mandate}/end*           BODY     CLERK SECTION_ADMIN BODY_ADMIN
      POST /mandates/{mandate}/end*           BODY     CLERK SECTION_ADMIN BODY_ADMIN
      GET  /applications                      BODY     CLERK APPROVER SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /applications/{application}*       BODY     CLERK APPROVER SIGNER AUDITOR SECTION_ADMIN BODY_ADMIN
      GET  /applications/{application}/acceptance* BODY CLERK SECTION_ADMIN BODY_ADMIN
      POST /applications/{application}/acceptance* BODY CLERK SECTION_ADMIN BODY_ADMIN
      GET  /applications/{application}/rejection* BODY CLERK SECTION_ADMIN BODY_ADMIN
      POST /applications/{application}/rejection* BODY CLERK SECTION_ADMIN BODY_ADMIN
      GET  /settings/mandates                 BODY     BODY_ADMIN OPERATOR
      POST /settings/mandates                 BODY     BODY_ADMIN OPERATOR
      GET  /settings/counterparties           BODY     BODY_ADMIN OPERATOR
      POST /settings/counterparties           BODY     BODY_ADMIN OPERATOR
      GET  /emergencies                       BODY     OPERATOR
      POST /emergencies                       BODY     OPERATOR
      GET  /emergencies/new                   BODY     OPERATOR
      GET  /emergencies/{body}/{emergency}*   BODY     OPERATOR
      POST /emergencies/{body}/{emergency}/approval* BODY OPERATOR
      POST /emergencies/{body}/{emergency}/end* BODY   OPERATOR
      GET  /emergencies/{body}/{emergency}/contract* BODY OPERATOR
      GET  /emergencies/{body}/{emergency}/document.pdf* BODY OPERATOR
      GET  /emergency-access                  BODY     BODY_ADMIN
      POST /emergency-access/{emergency}/end* BODY     BODY_ADMIN
      GET  /settings/addresses                BODY     BODY_ADMIN
      GET  /settings/addresses/change         BODY     BODY_ADMIN
      POST /settings/addresses/change         BODY     BODY_ADMIN
      GET  /settings/programs                 BODY     BODY_ADMIN
      GET  /settings/programs/new             BODY     BODY_ADMIN
      POST /settings/programs/new             BODY     BODY_ADMIN
      GET  /settings/programs/{program}*      BODY     BODY_ADMIN
      GET  /settings/programs/{program}/key*  BODY     BODY_ADMIN
      POST /settings/programs/{program}/key*  BODY     BODY_ADMIN
      GET  /settings/programs/{program}/end*  BODY     BODY_ADMIN
      POST /settings/programs/{program}/end*  BODY     BODY_ADMIN
      GET  /settings/webhooks                 BODY     BODY_ADMIN
      GET  /settings/webhooks/new             BODY     BODY_ADMIN
      GET  /settings/concluded-mail           BODY     BODY_ADMIN OPERATOR
      POST /settings/concluded-mail           BODY     BODY_ADMIN OPERATOR
      GET  /settings/past                     BODY     BODY_ADMIN OPERATOR
      POST /settings/past                     BODY     BODY_ADMIN OPERATOR
      GET  /settings/fulltext                 BODY     BODY_ADMIN OPERATOR
      POST /settings/fulltext                 BODY     BODY_ADMIN OPERATOR
      POST /settings/webhooks/new             BODY     BODY_ADMIN
      GET  /settings/webhooks/{endpoint}*     BODY     BODY_ADMIN
      GET  /settings/webhooks/{endpoint}/secret* BODY  BODY_ADMIN
      POST /settings/webhooks/{endpoint}/secret* BODY  BODY_ADMIN
      GET  /settings/webhooks/{endpoint}/end* BODY     BODY_ADMIN
      POST /settings/webhooks/{endpoint}/end* BODY     BODY_ADMIN
      POST /settings/webhooks/{endpoint}/deliveries/{delivery}/replay* BODY BODY_ADMIN
      GET  /api/v1/contracts                  PROGRAM
      POST /api/v1/contracts                  PROGRAM
      GET  /api/v1/contracts/{id}             PROGRAM
      POST /api/v1/contracts/{id}/send        PROGRAM
      POST /api/v1/contracts/{id}/withdraw    PROGRAM
      GET  /api/v1/contracts/{id}/document    PROGRAM
      GET  /api/v1/contracts/{id}/certificate PROGRAM
      GET  /api/v1/openapi.json               OPEN
      GET  /account/sso                       BODY     *
      POST /account/sso                       BODY     *
      POST /account/sso/removal               BODY     *
      POST /account/confirmation*             BODY     *
      GET  /settings/arrangements             BODY     BODY_ADMIN OPERATOR
      GET  /settings/arrangements/new         BODY     BODY_ADMIN OPERATOR
      POST /settings/arrangements             BODY     BODY_ADMIN OPERATOR
      GET  /settings/arrangements/{arrangement}* BODY  BODY_ADMIN OPERATOR
      POST /settings/arrangements/{arrangement}* BODY  BODY_ADMIN OPERATOR
      POST /settings/arrangements/{arrangement}/end* BODY BODY_ADMIN OPERATOR
      GET  /settings/imprints                 BODY     BODY_ADMIN
      POST /settings/imprints                 BODY     BODY_ADMIN
      GET  /settings/imprints/{imprint}.png*  BODY     BODY_ADMIN
      POST /settings/imprints/{imprint}/removal* BODY  BODY_ADMIN
      GET  /settings/logo                     BODY     BODY_ADMIN OPERATOR
      POST /settings/logo                     BODY     BODY_ADMIN OPERATOR
      POST /settings/logo/removal             BODY     BODY_ADMIN OPERATOR
      GET  /settings/sso                      BODY     BODY_ADMIN OPERATOR
      GET  /settings/sso/oidc                 BODY     BODY_ADMIN OPERATOR
      POST /settings/sso/oidc                 BODY     BODY_ADMIN OPERATOR
      GET  /settings/sso/saml                 BODY     BODY_ADMIN OPERATOR
      POST /settings/sso/saml                 BODY     BODY_ADMIN OPERATOR
      GET  /settings/sso/groups               BODY     BODY_ADMIN OPERATOR
      GET  /settings/sso/groups/new           BODY     BODY_ADMIN OPERATOR
      POST /settings/sso/groups               BODY     BODY_ADMIN OPERATOR
      POST /settings/sso/groups/{id}/removal* BODY     BODY_ADMIN OPERATOR
      POST /settings/sso/{kind}/trial*        BODY     BODY_ADMIN OPERATOR
      POST /settings/sso/{kind}/use*          BODY     BODY_ADMIN OPERATOR
      POST /settings/sso/{kind}/rest*         BODY     BODY_ADMIN OPERATOR
      POST /settings/sso/{kind}/removal*      BODY     BODY_ADMIN OPERATOR
      GET  /signin/sso                        OPEN
      POST /signin/sso                        OPEN
      GET  /signin/sso/{code}/oidc            OPEN
      POST /signin/sso/{code}/oidc-answer     OPEN
      POST /signin/sso/{code}/saml            OPEN
      POST /signin/sso/{code}/saml-answer     OPEN
      GET  /signin/sso/{code}/saml-metadata   OPEN
      GET  /signin                            OPEN
      POST /signin/passkey                    OPEN
      POST /signin/passkey/assertion          OPEN
      GET  /verify                            OPEN
      POST /verify                            OPEN
      GET  /verify/signatures                 OPEN
      POST /verify/signatures                 OPEN
      GET  /logos/{code}/{digest}.png         OPEN
      GET  /mail                              OPEN
      GET  /network                           OPEN
      GET  /network.csv                       OPEN
      POST /mail                              OPEN
      GET  /help                              OPEN
      GET  /accessibility                     OPEN
      GET  /practice                          OPEN
      GET  /practice/link                     OPEN
      POST /practice/link                     OPEN
      GET  /practice/read                     OPEN
      GET  /practice/read/{page}              OPEN
      GET  /practice/pages/{page}.png         OPEN
      GET  /practice/document                 OPEN
      GET  /practice/confirm                  OPEN
      POST /practice/agreement                OPEN
      GET  /practice/done                     OPEN
      GET  /practice/concluded                OPEN
      GET  /practice/concluded/read           OPEN
      GET  /practice/concluded/read/{page}    OPEN
      GET  /practice/concluded/pages/{page}.png OPEN
      GET  /practice/concluded/done           OPEN
      GET  /practice/concluded/document       OPEN
      GET  /practice/after                    OPEN
      GET  /practice/decline                  OPEN
      GET  /practice/return                   OPEN
      GET  /practice/delegation               OPEN
      ANY  /error                             OPEN
      GET  /invitation/{code}/{invitation}/{secret} OPEN
      POST /invitation/{code}/{invitation}/{secret} OPEN
      """;

  /** Counterparties' pages: their tests are those of the signing feature and of the shelf. */
  private static final Pattern LINKS = Pattern.compile("[A-Z]+ /(s/.*|past(/.*)?)");

  private static final Set<Role> READERS =
      Set.of(
          Role.CLERK,
          Role.APPROVER,
          Role.SIGNER,
          Role.VIEWER,
          Role.AUDITOR,
          Role.SECTION_ADMIN,
          Role.BODY_ADMIN);
  private static final Set<Role> REGISTRARS =
      Set.of(Role.AUDITOR, Role.SECTION_ADMIN, Role.BODY_ADMIN);

  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  private enum Place {
    OWN,
    BELOW,
    OTHER,
    FOREIGN
  }

  private record Row(
      String method, String route, boolean mayBeMissing, String kind, Set<String> roles) {

    static Row parse(String line) {
      var words = line.strip().split("\\s+");
      return new Row(
          words[0],
          words[1].replace("*", ""),
          words[1].endsWith("*"),
          words[2],
          Set.copyOf(Arrays.asList(words).subList(3, words.length)));
    }

    String key() {
      return method + " " + route;
    }

    boolean allows(@Nullable Role role) {
      return roles.contains("*") || (role != null && roles.contains(role.name()));
    }
  }

  /** Somebody who asks; without a role, or nobody at all. */
  private record Asker(String name, @Nullable Role role, @Nullable UUID id, TestBody body) {}

  private final Map<Place, Map<String, UUID>> things = new EnumMap<>(Place.class);
  private final List<Asker> askers = new ArrayList<>();

  @BeforeEach
  void peopleOfEveryRole() throws SQLException {
    var body = TestBody.create("-");
    var foreign = TestBody.create("-");
    var below = TestPeople.section(body, "1010", "道路課", body.section());
    var other = TestPeople.section(body, "20", "福祉部", null);
    var operators = TestBody.operators();
    for (var role : Role.values()) {
      var at = role.isOfTheOperator() ? operators : body;
      var scope = role.isOfTheWholeBody() ? null : at.section();
      var login = "m-" + role + "-" + UUID.randomUUID();
      var id = TestPeople.member(at, login, "見本 " + role, at.section(), role.name(), scope);
      askers.add(new Asker(role.name(), role, id, at));
      if (role == Role.SIGNER) {
        things.put(Place.OWN, things(body, body.section(), id));
      }
    }
    var plain = TestPeople.member(body, "m-none", "見本 無", body.section(), null, null);
    askers.add(new Asker("NO_ROLE", null, plain, body));
    askers.add(new Asker("NOBODY", null, null, body));
    var drawn =
        Objects.requireNonNull(Objects.requireNonNull(things.get(Place.OWN)).get("CONTRACT"));
    TestSample.open(body, auditor(), body.mayor(), drawn);
    things.put(Place.BELOW, things(body, below, body.mayor()));
    things.put(Place.OTHER, things(body, other, body.mayor()));
    things.put(Place.FOREIGN, things(foreign, foreign.section(), foreign.mayor()));
  }

  private UUID auditor() {
    return askers.stream()
        .filter(asker -> asker.role() == Role.AUDITOR)
        .map(asker -> Objects.requireNonNull(asker.id()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("どの画面も表にあり、表にない画面は作れない")
  void hasARowForEveryRoute() {
    var routes = new TreeSet<String>();
    for (var mapping : mappings.getHandlerMethods().keySet()) {
      for (var pattern : mapping.getPatternValues()) {
        methods(mapping).forEach(method -> routes.add(method + " " + pattern));
      }
    }
    routes.removeIf(route -> LINKS.matcher(route).matches());
    var table = new TreeSet<String>(rows().map(Row::key).toList());
    assertThat(table).isEqualTo(routes);
  }

  @Test
  @DisplayName("すべての画面 × 役割 × 自分の課・下の課・ほかの課・ほかの団体で、漏れがない")
  void holdsForEveryRouteRoleAndPlace() throws Exception {
    var leaks = new ArrayList<String>();
    var unrecorded = new ArrayList<String>();
    var cells = 0;
    var unrecordedOnPurpose = unrecordedOnPurpose();
    try (var heads = new Heads(ServiceTest.RealParts.database().superuser())) {
      for (var row : rows().toList()) {
        for (var place : row.route().contains("{id}") ? Place.values() : new Place[] {Place.OWN}) {
          for (var asker : askers) {
            cells++;
            var before = heads.of(asker.body());
            var answer = ask(row, place, asker);
            var refused = answer.getStatus() == 403 || answer.getStatus() == 404;
            if (asker.id() != null
                && !Set.of("OPEN", "PROGRAM").contains(row.kind())
                && (refused || !unrecordedOnPurpose.contains(row.key()))
                && heads.of(asker.body()) == before) {
              unrecorded.add("%s by %s at %s".formatted(row.key(), asker.name(), place));
            }
            var wrong = judge(row, place, asker, answer);
            if (wrong != null) {
              leaks.add(
                  "%s by %s at %s: %d, expected %s"
                      .formatted(row.key(), asker.name(), place, answer.getStatus(), wrong));
            }
          }
        }
      }
    }
    System.out.println(
        "measured: authorisation matrix, cells " + cells + ", leaks " + leaks.size());
    assertThat(leaks).isEmpty();
    assertThat(unrecorded).as("asked for, and not in the body's chain").isEmpty();
    assertThat(cells).isGreaterThanOrEqualTo(2000);
  }

  /** Routes that leave no entry, each with its reason beside it. */
  private Set<String> unrecordedOnPurpose() {
    var routes = new TreeSet<String>();
    mappings
        .getHandlerMethods()
        .forEach((mapping, method) -> {
          var said = method.getMethodAnnotation(Recorded.class);
          if (said != null && said.by() == Recorded.By.NOBODY) {
            assertThat(said.because()).as(method.toString()).isNotBlank();
            mapping
                .getPatternValues()
                .forEach(
                    pattern -> methods(mapping).forEach(name -> routes.add(name + " " + pattern)));
          }
        });
    assertThat(routes).hasSizeBetween(5, 20).noneMatch(route -> route.startsWith("POST"));
    return routes;
  }

  /** How far each body's chain has got; one connection, for it is asked twice a cell. */
  private record Heads(Connection connection) implements AutoCloseable {
    long of(TestBody body) throws SQLException {
      try (var statement =
          connection.prepareStatement(
              "select coalesce(max(seq), 0) from audit_head where tenant_id = ?")) {
        statement.setObject(1, body.id().value());
        try (var row = statement.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** What was expected, if the answer is something else. */
  private static @Nullable String judge(
      Row row, Place place, Asker asker, MockHttpServletResponse answer) {
    var status = answer.getStatus();
    var toSignIn = status == 302 && String.valueOf(answer.getRedirectedUrl()).startsWith("/signin");
    if (row.kind().equals("OPEN")) {
      return toSignIn && asker.id() == null && !row.route().startsWith("/invitation")
          ? "open"
          : null;
    }
    if (row.kind().equals("PROGRAM")) {
      return status == 401 ? null : "401";
    }
    if (asker.id() == null) {
      return toSignIn ? null : "the sign-in page";
    }
    var expected = expected(row, place, asker);
    return switch (expected) {
      case 403 -> status == 403 ? null : "403";
      case 404 ->
          // A form that is wrong in itself is told so before what it names is looked for.
          status == 404 || (!inSection(row) && row.method().equals("POST") && refused(status))
              ? null
              : "404";
      default ->
          toSignIn || status == 403 || status >= 500 || (status == 404 && !row.mayBeMissing())
              ? "passed"
              : null;
    };
  }

  private static boolean refused(int status) {
    return status == 400 || status == 409 || status == 422;
  }

  private static boolean inSection(Row row) {
    return Set.of("CONTRACT", "NAMED", "MEMBER").contains(row.kind());
  }

  private static int expected(Row row, Place place, Asker asker) {
    var role = asker.role();
    var ofAnotherBody = place == Place.FOREIGN || (role != null && role.isOfTheOperator());
    if (inSection(row)) {
      var seers = row.kind().equals("MEMBER") ? REGISTRARS : READERS;
      // Of contracts, an auditor's role reaches nothing but what was drawn and opened.
      var reaches =
          (role == Role.AUDITOR && !row.kind().equals("MEMBER"))
              ? place == Place.OWN
              : place != Place.OTHER || role == Role.BODY_ADMIN;
      if (ofAnotherBody || role == null || !seers.contains(role) || !reaches) {
        return 404;
      }
      var may =
          row.kind().equals("NAMED") ? role == Role.SIGNER && place == Place.OWN : row.allows(role);
      return may ? 200 : 403;
    }
    if (!row.allows(role)) {
      return 403;
    }
    return ofAnotherBody && row.route().contains("{id}") ? 404 : 200;
  }

  private MockHttpServletResponse ask(Row row, Place place, Asker asker) throws Exception {
    var ids = Objects.requireNonNull(things.get(place));
    var id = Objects.requireNonNullElseGet(ids.get(row.kind()), UUID::randomUUID);
    var path =
        row.route()
            .replace("{id}", id.toString())
            .replace("{number}", "1")
            .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    var method = row.method().equals("ANY") ? HttpMethod.GET : HttpMethod.valueOf(row.method());
    var asked = request(method, URI.create(path)).with(csrf()).accept("text/html", "*/*");
    if (asker.id() != null) {
      asked.with(TestPeople.as(asker.body(), asker.id()));
    }
    return mvc.perform(asked).andReturn().getResponse();
  }

  private Map<String, UUID> things(TestBody body, UUID section, UUID holder) {
    var contract = TestContract.draft(body, vault);
    TestPeople.run(
        "update contract set section_id = ? where id = ?", section, contract.id().value());
    TestPeople.run(
        "update party set staff_id = ? where contract_id = ? and kind = 'OFFICE'",
        holder,
        contract.id().value());
    var member =
        TestPeople.member(body, "t-" + UUID.randomUUID(), "例 対象", section, "VIEWER", section);
    var post = UUID.randomUUID();
    TestPeople.run(
        "insert into post (tenant_id, id, section_id, title) values (?, ?, ?, '課長')",
        body.id().value(),
        post,
        section);
    return Map.of(
        "CONTRACT",
        contract.id().value(),
        "NAMED",
        contract.id().value(),
        "MEMBER",
        member,
        "SECTION",
        section,
        "POST",
        post,
        "OFFICE",
        body.office());
  }

  /** The one body of the operator, whichever test made it first. */
  private static java.util.stream.Stream<Row> rows() {
    return TABLE.lines().filter(line -> !line.isBlank()).map(Row::parse);
  }

  private static List<String> methods(RequestMappingInfo mapping) {
    var methods = mapping.getMethodsCondition().getMethods();
    return methods.isEmpty()
        ? List.of("ANY")
        : methods.stream().map(method -> method.name()).toList();
  }
}
