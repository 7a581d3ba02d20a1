// One engine in a process of its own: a line of JSON in, a line out, as the Java engines do it.
// Usage: node engine.mjs ENGINE PARTS_DIRECTORY BASE_URL
import { createInterface } from 'node:readline';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , name, parts, baseUrl] = process.argv;
const engines = { libpdf, documenso, signpdf };
const REASON = '契約相手方として合意（認証：メールリンク＋アクセスコード）';
const LOCATION = '日本';
const CONTACT = 'https://keiyaku.example/verify';

async function libpdf() {
  const { PDF, P12Signer, HttpTimestampAuthority } = await import('@libpdf/core');
  const signer = await P12Signer.create(readFileSync(join(parts, 'seal.p12')), 'musubi-bench');
  const rootList = new Uint8Array(readFileSync(join(parts, 'root.crl')));
  const timestampAuthority = new HttpTimestampAuthority(`${baseUrl}/tsa`);
  const ask = async (path, body) => {
    const answer = await fetch(baseUrl + path, { method: 'POST', body });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length > 0 ? bytes : null;
  };
  const revocationProvider = {
    // The loopback server takes the certificate itself, which spares the engine an OCSP request.
    getOCSP: (certificate) => ask('/status', certificate),
    getCRL: async () => rootList,
  };
  return {
    levels: ['B-B', 'B-T', 'B-LTA'],
    async seal(request) {
      const pdf = await PDF.load(new Uint8Array(readFileSync(request.file)));
      const signed = await pdf.sign({
        signer,
        level: request.level,
        fieldName: request.field,
        reason: REASON,
        location: LOCATION,
        contactInfo: CONTACT,
        timestampAuthority: request.level === 'B-B' ? undefined : timestampAuthority,
        revocationProvider,
      });
      writeFileSync(request.target, signed.bytes);
    },
  };
}

/** pdf-lib and signpdf put the slot into the file; `signer` makes what goes into it. */
async function slotted(signer) {
  const { PDFDocument } = await import('pdf-lib');
  const { pdflibAddPlaceholder } = await import('@signpdf/placeholder-pdf-lib');
  const { SignPdf } = await import('@signpdf/signpdf');
  return {
    levels: ['B-B'],
    async seal(request) {
      const pdfDoc = await PDFDocument.load(readFileSync(request.file));
      pdflibAddPlaceholder({
        pdfDoc,
        reason: REASON,
        contactInfo: CONTACT,
        name: 'musubi',
        location: LOCATION,
        signatureLength: 16384,
        subFilter: 'ETSI.CAdES.detached',
      });
      const prepared = Buffer.from(await pdfDoc.save({ useObjectStreams: false }));
      writeFileSync(request.target, await new SignPdf().sign(prepared, signer()));
    },
  };
}

async function documenso() {
  const { signWithPrivateKey } = await import('@documenso/pdf-sign');
  const { Signer } = await import('@signpdf/utils');
  const cert = readFileSync(join(parts, 'chain.pem'));
  const privateKey = readFileSync(join(parts, 'seal.key.pem'));
  class Native extends Signer {
    async sign(content) {
      return signWithPrivateKey({ content, cert, privateKey });
    }
  }
  return slotted(() => new Native());
}

async function signpdf() {
  const { P12Signer } = await import('@signpdf/signer-p12');
  // Self-signed, as node-forge, which it stands on, reads no certificate that an elliptic key signed.
  const p12 = readFileSync(join(parts, 'leaf.p12'));
  return slotted(() => new P12Signer(p12, { passphrase: 'musubi-bench' }));
}

async function answer(engine, request) {
  if (request.task !== 'SEAL' || !engine.levels.includes(request.level)) {
    return { reply: 'cannot', why: `no ${request.task} ${request.level}` };
  }
  try {
    const nanos = [];
    for (let round = 0; round < request.rounds; round++) {
      rmSync(request.target, { force: true });
      const from = process.hrtime.bigint();
      await engine.seal(request);
      nanos.push(Number(process.hrtime.bigint() - from));
    }
    return {
      reply: 'done',
      nanos,
      partsNanos: nanos.map(() => 0),
      bytes: statSync(request.target).size,
      keyOperations: 0,
    };
  } catch (failure) {
    return { reply: 'failed', why: String(failure) };
  }
}

const path = (uri) => (uri.startsWith('file:') ? new URL(uri) : pathToFileURL(uri));
const engine = await engines[name]();
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  request.file = path(request.file);
  request.target = path(request.target);
  process.stdout.write(`${JSON.stringify(await answer(engine, request))}\n`);
}
