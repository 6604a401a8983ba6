"""Every upper bound of the product, each with its reason."""

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

# A long paragraph's worth of argument; the New York Times cut 5,000 to 2,000 to save moderators' time.
COMMENT_BODY_GRAPHEMES = 2_000
# A grapheme may be many code points; this bounds what one comment can cost to judge and to store.
COMMENT_BODY_BYTES = 16_000
# Deeper replies attach to the last allowed ancestor: a chain this long is never read as one anyway.
COMMENT_DEPTH = 64
# Long enough to mend a slip, short enough that answers still answer what was said (WCAG 2.2.1: at least 5).
EDIT_WINDOW_MS = 15 * MINUTE_MS
REPORT_TEXT_GRAPHEMES = 1_000
# Forty characters fit one line of a phone beside the time.
DISPLAY_NAME_GRAPHEMES = 40
DISPLAY_NAME_MIN_GRAPHEMES = 2
# What is looked at of a typed name: enough to say by how much it is too long.
TYPED_NAME_CHARS = 1_000
# Longer keys are a client's mistake; a UUID has 36.
IDEMPOTENCY_KEY_CHARS = 80

# The first page: what fits 15 KB brotli and about ten screens of a phone.
PAGE_COMMENTS = 50
PAGE_COMMENTS_MAX = 100
# Replies shown before folding, by depth of their parent; a deeper list is opened by its reader.
REPLIES_SHOWN = (3, 2, 2)
REPLIES_PAGE = 20
# Past this many, "99+" says enough.
NEW_COUNT_CAP = 99
# One answer of the changes document; a reader further behind reloads.
CHANGES_MAX = 200
# Comments carried by "Show N new comments" in one go.
NEW_PAGE = 100
# Host pages ask for the counts of a list of stories, not of an archive.
COUNTS_URLS = 100
FEED_ITEMS = 50
# news sitemaps hold two days and at most 1,000 items.  Source: sitemap protocol for news.
SITEMAP_WINDOW_MS = 2 * DAY_MS
SITEMAP_ITEMS = 1_000

HEADLINE_GRAPHEMES = 200
STANDFIRST_GRAPHEMES = 500
BYLINE_GRAPHEMES = 200
# Thirty thousand words: longer than any story, shorter than what stalls a renderer.
STORY_BODY_CHARS = 200_000
# Times of a story, unix milliseconds: from the year of the first printed newspaper, 1605, to where calendars end
# (9999), which leaves a year for time zones.
FIRST_NEWSPAPER_MS = -11_518_243_200_000
LAST_TIME_MS = 253_370_764_800_000
KEYWORDS = 12
KEYWORD_GRAPHEMES = 60
RELATED = 6
CORRECTION_GRAPHEMES = 1_000
# A note explains one decision; the author reads it whole.
NOTE_GRAPHEMES = 500
# What was refused or taken down stands on its author's page this long: met at the next visit or two.
RESTRICTED_SHOWN_MS = 7 * DAY_MS
# A sanction that ends ends within a year; what is to last longer is a ban, and is decided as one.
SANCTION_MS = 366 * DAY_MS
# Whoever is slowed writes at most one comment in this span: time to read before answering.
SLOWED_MS = 10 * MINUTE_MS
# Live comments taken down with one sanction, each a decision of its own: about half a second of the writer's time.
SANCTION_PAST = 200
# Source: Regulation (EU) 2022/2065, Article 20 (1): at least six months.
APPEAL_MS = 184 * DAY_MS
# A complaint or a notice has to be read whole, and a page is enough for a case.
APPEAL_GRAPHEMES = 2_000
# Statements on one page of an account.
STATEMENTS_LISTED = 20
# Source: Regulation (EU) 2022/2065, Article 23: warned first, then refused for a reasonable time.
NOTICES_UNFOUNDED_WARNED = 3
NOTICES_UNFOUNDED_REFUSED = 5
NOTICES_REFUSED_MS = 30 * DAY_MS
QUEUE_PAGE = 25
# Harsh comments are counted for a moderator over this time.
HARSH_WINDOW_MS = HOUR_MS
# How many of the newest comments one page of a queue looks through: 10 ms of reading on a site of any size.
QUEUE_STRETCH = 20_000
# And one page of a search: a fifth of a second of reading, so that a million comments are five pages.
SEARCH_STRETCH = 200_000
# First comments are looked at while an account is this young.
NEW_AUTHOR_MS = 14 * DAY_MS
# A page of comments is read in this time; the script renews it while it is open.
CLAIM_MS = 2 * MINUTE_MS
# Comments above and beneath one that a moderator reads; the thread itself is a link away.
THREAD_AROUND = 5
# Comments of an author, a discussion and the queue that one is compared with: a few milliseconds.
COPIES_LOOKED = 100
# The dashboard's month.
NUMBERS_DAYS = 30
# Decisions shown to their moderator to be taken back.
UNDO_LISTED = 50
# What one person can look over before pressing a button; also what one short transaction can do.
BATCH = 200
# Second reviews drawn at once: a few hours of reading; 500 bound a share to about four points either way.
SAMPLE_SIZE = 500
# A quarter: what is older was judged by other checks.
SAMPLE_DAYS = 92
# The newest comments that a sample is drawn from: 1.3 s of a reader's time, beside which others write.
SAMPLE_LOOKED = 200_000
# Comments of a thread held by one act, each with its statement: 0.8 s of the writer's time, at 0.4 ms each.
THREAD_HELD = 2_000
# Source: the Transparency Database takes a hundred statements a request.
EU_BATCH = 100
EU_ANSWER_BYTES = 1_000_000
# Seconds before each further try; after the last, whoever runs it looks what is wrong.
EU_RETRY_S = (1, 2, 5, 15, 60)
EU_TIMEOUT_S = 30
# Saved filters, canned notes and watched stories of one person; a list longer than this is not read.
KEPT_LISTED = 50
KEPT_NAME_GRAPHEMES = 60
# Sections that one role is for; whoever answers for more answers for the site.
SECTIONS_EACH = 20
# Whoever looks through more names than this types another letter instead.
PEOPLE_LISTED = 50
URL_CHARS = 2_000
# What uses a newsroom key, in a word or a few.
KEY_NAME_GRAPHEMES = 60

# Open tags of an imported text; nobody quotes quotes that deep, and each tag is held against all open ones.
IMPORT_NESTING = 100
# A row of an index of PostgreSQL holds 2,704, and what stands beside the text needs some of them.
INDEX_BYTES = 2_600
# What a foreign file calls a row or a site: no system's ids come near it, and a source and an id share a row of
# an index.
IMPORT_ID_CHARS = 200
# JSON and form bodies; a story's body is the largest honest one.
REQUEST_BODY_BYTES = 512_000
PHOTO_BYTES = 20_000_000
# 60 megapixels: the largest camera in a newsroom; bounds the memory of decoding to about 320 MB, measured.
PHOTO_PIXELS = 60_000_000
# The library for WebP holds four copies at a time, and no camera writes it.
WEBP_PIXELS = 15_000_000
PHOTO_WIDTHS = (480, 960, 1600)

# A page is rebuilt at most ten times a second however fast comments come.
HOT_REBUILD_MS = 100
# Printed times and the clock in a ready-made page are at most a minute old.
HOT_MAX_AGE_MS = MINUTE_MS
# Ready-made pages kept, each about 40 KB plain and 10 KB packed: 100 MB at most.
HOT_ENTRIES = 2_000
# Positions of polling pages: most of them stand at the newest event of a story.
HOT_POLLS = 1_000
# One event a second a story bounds 10,000 readers at about 14 % of a core.
LIVE_TICK_MS = 500
LIVE_HEARTBEAT_MS = 25_000
# Below the usual descriptor limit of 20,000; past it pages poll.
LIVE_LISTENERS = 15_000
# From one address: a whole newsroom or school behind one, and still thirty of them to use up the server's.
LIVE_LISTENERS_EACH = 500
# An open stream does not outlive a changed session for long; the browser reconnects by itself.
LIVE_STREAM_MS = 30 * MINUTE_MS
# A reader who takes nothing for this long is cut off; the browser comes back by itself.
LIVE_STALL_MS = 20 * SECOND_MS
# Told to browsers whose stream ends: they come back spread over this span, not all at once.
LIVE_RETRY_MS = (1_000, 8_000)
# Events that a story's channel remembers for those who come back; more than one document tells.
LIVE_RING = 2 * CHANGES_MAX

# A page left open longer than this reloads when it wakes.
OUTBOX_KEPT_MS = 14 * DAY_MS
# Deleted in one command, so that no write waits for it.
OUTBOX_SWEEP = 5_000

# Ours take 1 KB, and proxies in front pass 8 to 32 KB on.
HEAD_BYTES = 65_536
# Of a request's head, on the slowest line.
HEAD_MS = 10 * SECOND_MS
# Between two pieces of a request's body: a telephone in a tunnel comes back within it.
BODY_PAUSE_MS = 30 * SECOND_MS
# Longer than the 60 seconds of proxies, so that it is they who end a quiet line: a form sent into our end is lost.
KEEP_ALIVE_MS = 65 * SECOND_MS

# What is being answered may finish; the process is gone within fifteen seconds in any case.
STOP_REQUESTS_MS = 10 * SECOND_MS
STOP_MS = 14 * SECOND_MS

# A database up to this size is checked page by page before a start: a tenth of a second.
STORE_CHECK_BYTES = 16_000_000
# Portraits in memory, at about 1 KB: of all who write in a busy week.
AVATARS_KEPT = 4_096
# Queries that share a snapshot; at 0.1 ms each, what is behind them waits little.
READ_BATCH = 32
WRITE_BATCH = 512
# A queue this long means about two seconds of work at the slowest disk measured; more is shed with 503.
WRITE_QUEUE = 4_000
RETRY_AFTER_S = 5

SESSION_IDLE_MS = 30 * DAY_MS
SESSION_ABSOLUTE_MS = 180 * DAY_MS
STAFF_SESSION_IDLE_MS = 12 * HOUR_MS
# "Last seen" is written at most this often: reading must not cost a commit a page.
SESSION_SEEN_MS = 10 * MINUTE_MS
# More signed-in browsers than anybody has; the oldest go first.
SESSIONS_PER_ACCOUNT = 50
# An embedded discussion's token lives in a page's memory, which a reader rarely keeps open longer.
EMBED_SESSION_MS = 4 * HOUR_MS
# Long enough to be pasted from a terminal and used the same day.
SIGNIN_LINK_LIFE_MS = DAY_MS
# Saying yes to a second identity follows at once.
SIGNIN_JOIN_LIFE_MS = 5 * MINUTE_MS
SIGNIN_CODE_LIFE_MS = 10 * MINUTE_MS
SIGNIN_CODE_TRIES = 5
# Wrong codes of an authenticator before one has to wait; six digits stand a million to three against each.
SECOND_FACTOR_TRIES = 5
# Codes on the list that is kept on paper, each good for once.
RECOVERY_CODES = 10
# 80 bits: sixteen letters to type.
RECOVERY_CODE_BYTES = 10
# Passkeys of an account: a phone, a laptop, keys in a drawer.
PASSKEYS_EACH = 10
# What its owner calls a passkey: as much as a line of a list takes on a phone.
PASSKEY_NAME_CHARS = 60
# How long a device has to sign a challenge: it may have to be fetched from another room.
PASSKEY_LIFE_MS = 5 * MINUTE_MS
# A device's answer: its longest id is 1,023 bytes, and base 64 makes four characters of three bytes, twice over.
PASSKEY_ANSWER_CHARS = 8_000
# A public key in DER: RSA of 4,096 bits takes 550 bytes, everything else less than 100.
PASSKEY_KEY_BYTES = 600
# A comment written signed out waits this long for its author to sign in.
KEPT_LIFE_MS = HOUR_MS
SIGNIN_FLOW_LIFE_MS = 15 * MINUTE_MS
SIGNIN_MAILS_PER_HOUR = 5
# Discovery documents and key sets are a few KB.
PROVIDER_ANSWER_BYTES = 500_000
PROVIDER_TIMEOUT_S = 8
DISCOVERY_LIFE_MS = HOUR_MS
# Keys are asked for again at most this often, however many tokens name unknown ones.
JWKS_PAUSE_MS = MINUTE_MS
CLAIM_CHARS = 254
# One connection's worth of mail; a mail server that takes longer than this for a step is down.
MAIL_BATCH = 20
MAIL_TIMEOUT_S = 20
MAIL_STUCK_S = 30.0
# Half of what a stopping server has in all.
MAIL_STOP_S = 5.0
# Long enough to count an hour's mails and to answer "did it go out?" the next day.
MAIL_KEPT_MS = 2 * DAY_MS
SWEEP_EVERY_MS = HOUR_MS
# Then a code is long over; what still fails after the last is given up.
MAIL_RETRY_MS = (10 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS)
EMAIL_CHARS = 254  # Source: RFC 5321, 4.5.3.1.3

# Rate limits: (bursts allowed, then one each n milliseconds).
RATE_POST = (8, 6_000)
RATE_REACT = (40, 500)
RATE_REPORT = (10, 20_000)
# Nobody fills in more notices by hand; trusted flaggers who send many are given time.
RATE_NOTICE = (5, 60_000)
RATE_SIGNIN = (20, 20_000)
RATE_MAIL = (10, 2 * MINUTE_MS)
RATE_WRITE = (60, 500)
# What gathered during an outage goes out at once; nobody reads and decides ten times a second.
RATE_DECIDE = (400, 100)
RATE_KEYS = 100_000

# A standards document with all of its word lists: 20,000 entries in ten languages are about 600 KB.
STANDARDS_BYTES = 2_000_000
STANDARDS_TEXT_CHARS = 2_000
STANDARDS_NOTE_GRAPHEMES = 500
# What another server put in force holds here this soon; one small query each time.
STANDARDS_FOLLOW_MS = 5 * SECOND_MS
# Twice what ten languages' lists have.
WORD_ENTRIES = 50_000
WORD_ENTRY_CHARS = 100
# Compared for near-duplicates, at about 1 KB each; a busy day of a large newsroom.
RECENT_COMMENTS = 30_000
# Replayed from the console: a tenth of a second's reading.  The command line takes as many as there are.
REPLAY_COMMENTS = 10_000
REPLAY_EXAMPLES = 10
# What a judge outside may answer: a number, a status, a few dozen scores.
JUDGE_ANSWER_BYTES = 64_000
# At four milliseconds each, the last of them is scored before its deadline.
SCORER_WAITING = 100
# The worst comment takes a tenth of it; a process that says nothing for so long is ended.
SCORER_SILENT_MS = 3 * SECOND_MS
# Comments taken down, and kept, from which an attribute is calibrated: two numbers are fitted on two thirds of
# them, and a share of the third on which they are tried is known to about nine points.
CALIBRATION_EACH = 100
# The newest settled comments that decisions are read from: half a minute's scoring.
CALIBRATION_COMMENTS = 20_000
# What stood so long, unreported and undecided, is taken for kept: a discussion has long gone quiet by then.
CALIBRATION_STOOD_MS = 14 * DAY_MS
# Comparisons with a judge on trial that are kept: enough for a share within three points, and for a plot.
SHADOW_COMPARED = 2_000
# Comments that a judge on trial is asked at once; what comes while it is slower is left out.
SHADOW_ASKED = 20
# Scores of another scorer that thresholds are carried over by: two minutes' scoring, and no bound gets narrower.
THRESHOLD_SCORES = 100_000
# Fewer on one side of a threshold leave its share unknown by a quarter and more.
THRESHOLD_FEW = 50
