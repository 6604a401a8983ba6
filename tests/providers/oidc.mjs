// A real OpenID Connect provider for tests: the certified `oidc-provider`, with its own forms to sign in.
// Arguments: port, client id, client secret, redirect address.  Prints "ready" when it listens.
import { Provider } from "oidc-provider";

const [port, clientId, clientSecret, redirectUri] = process.argv.slice(2);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  cookies: { keys: ["for tests only"] },
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  // It asserts any address that somebody asks for, as any provider could.
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `Reader ${id}`, email: `${id}@courier.example`, email_verified: true }),
  }),
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
