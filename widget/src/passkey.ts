/**
 * Passkeys: asks the server what to ask the device, asks the device, and sends its answer with the form.
 *
 * Each form names by `data-passkey` where its question comes from.  It is hidden until somebody can use it; the words
 * for everybody else are hidden then.
 */

/** As the server asks: WebAuthn's own words, binary parts in base 64 for addresses. */
interface Named {
  id: string;
  transports: AuthenticatorTransport[];
  type: "public-key";
}
interface Making extends Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials: Named[];
}
interface Showing extends Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> {
  challenge: string;
  allowCredentials: Named[];
}

async function begin(form: HTMLFormElement): Promise<void> {
  const failed = form.querySelector<HTMLElement>("[data-failed]")!;
  const button = form.querySelector("button")!;
  failed.hidden = button.disabled = true;
  try {
    const asked = await fetch(form.dataset.passkey!, { method: "POST", headers: { "X-Moothall": "1" } });
    if (!asked.ok) throw new Error(asked.statusText);
    form.querySelector<HTMLInputElement>("[name=passkey]")!.value = JSON.stringify(await answer(await asked.json()));
    form.submit();
  } catch {
    // Closed, refused, too late or no such device: browsers do not tell which, and it does not matter here.
    failed.hidden = button.disabled = false;
    button.focus();
  }
}

const answer = (asked: Making | Showing) => ("rpId" in asked ? show(asked) : make(asked as Making));

async function make(asked: Making): Promise<object> {
  const made = (await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: asked.excludeCredentials.map(named),
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    credential: text(made.rawId),
    client: text(response.clientDataJSON),
    device: text(response.getAuthenticatorData()),
    key: text(response.getPublicKey()!),
    transports: response.getTransports(),
  };
}

async function show(asked: Showing): Promise<object> {
  const shown = (await navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: asked.allowCredentials.map(named) },
  })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return {
    credential: text(shown.rawId),
    client: text(response.clientDataJSON),
    device: text(response.authenticatorData),
    signature: text(response.signature),
  };
}

const named = (one: Named): PublicKeyCredentialDescriptor => ({ ...one, id: bytes(one.id) });

/** Source: RFC 4648, section 5, without padding. */
function text(data: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(data)));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

function bytes(coded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(coded.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
}

if ("PublicKeyCredential" in window) {
  for (const words of document.querySelectorAll<HTMLElement>("[data-scriptless]")) words.hidden = true;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    // Also where a browser brings this page back as it was left.
    addEventListener("pageshow", () => (form.querySelector("button")!.disabled = false));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void begin(form);
    });
  }
}
