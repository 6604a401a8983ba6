"""The cast: readers and staff, all invented."""

from moothall.people.model import Role
from moothall.seed.model import SeedPerson

_STAFF = (
    SeedPerson("Orla Quennell", Role.ADMINISTRATOR, 2900),
    SeedPerson("Tobias Merrin", Role.EDITOR, 2500),
    SeedPerson("Ines Carrow", Role.MODERATOR, 1900),
    SeedPerson("Dafydd Roke", Role.MODERATOR, 1200),
)
_REPORTERS = ("Ruth Amsel", "Lisbet Arden", "Marguerite Sloane", "Colm Tierney", "Aurelio Brandt")
_TRUSTED = ("Maud Pellier", "Kofi Anstruther", "Henrike Vossen", "Salvatore Bruñol", "Wilhelmina Tarn")
_READERS = (
    "Pia Dunmore", "Gus Westbrook", "Uma Carver", "Leyla Ozgan", "Bert from the Quay", "Anneke de Rooijen",
    "Tamsin Holloway-Rudd", "R. Okonjo-Vale", "Yusuf al-Naharawi", "Mireille Castagneau", "Old Tom Ferriby",
    "Zoya Belyakova", "Håkon Strandvik", "Priya Venkatamurti", "Cormac Ó Dálaigh-Finn", "Jadwiga Kosmowska",
    "Nine Elms Nell", "Sipho Mkhwanazi-Ledger", "Élodie Vautrin", "Marguerite Aldous", "Ransome Pike",
    "Theodora Vlachou-Penn", "Li Wenqiao", "Paco Irigoyen-Sands", "Agnes Thistlewood", "Ibrahim Sesay-Croft",
    "Klara Nyqvist", "Dovid Rabinowicz-Hale", "Fenella Marsh", "Emeka Uzondu", "Ruth Ellerby", "Viggo Halvorsen",
    "Noor Haddadine", "Pascal Thévenoux", "Winnie Achterberg", "Stepan Horodetsky", "Bea Larkmoor",
    "Colm Sloe-Barrett", "Ottoline Graves", "Hana Morikawa", "Jory Penhallick", "Lucinda Vane-Tregar",
    "Amadou Diarrasso", "Gwen Pritchard-Lowe", "Miro Kovačec", "Sunniva Aasen", "Basil Fanshawe-Oke",
    "Rosalind Keane", "Teodor Ilievsky", "Cass Underhay", "Farid Benyoussef", "Hetty Brampton", "Arturo Villaseca",
    "Maeve Corrigan-Bell", "Quentin Slade", "Olena Tkachivska", "Dilys Morgan-Rees", "Jonas Ekelund",
    "Yara Khouriyeh", "Peregrine Stout", "Nadezhda Orlovskaya", "Lachlan Muirhead", "Simone Okafor-Brandt",
    "Wim van der Laken", "Iris Fontanelle", "Abel Ncube-Farrow", "Greta Lindqvist-Moor", "Hamish Tolliver",
    "Safiya Rahmanova", "Delphine Moreau-Sark", "Ezekiel Thorne", "Birgit Sonnental", "Omar Zaytouni",
    "Clemency Hartnoll", "Rafe Dunstable", "Ludmila Procházková-Wye", "Ngozi Ireland", "Tilda Rowsell",
    "Gethin Prosser", "Marisol Etcheverri", "Alasdair Quill", "Ivy Nakagawa-Stone", "Bram Steenwijk",
    "Constance Abney", "Felix Adeyinka", "Ysolde Trewin", "Harun Demirkol", "Joan of the Allotments",
    "Petronella Finch", "Silas Wetherby", "Amina Warsame-Holt", "Douglas Cray", "Eszter Vadászi", "Lionel Peach",
    "Mabel Otieno", "Rowan Castellane", "Una Strickland", "Vasil Dimitrovsky", "Edie Winterbourne",
    "Chidi Norrington", "Frieda Hallstatt", "Kit Saltmarsh", "Leopold Bray", "Aoife Delacourt", "Ned Hawksmoor",
    "Perpetua Lunt", "Samir Touati", "Torsten Brandvold", "Ursula Keppel", "Zebedee Croft", "Ailsa Drummond-Wey",
    "Casimir Duvalle", "Dorothea Plank", "Esme Ravenhill", "Gideon Amberley", "Hortense Lacombe",
    "Isidore Flint", "Jemima Oduya", "Kezia Marlowe", "Lars-Erik Fosse", "Magda Zielonka", "Nestor Palladio",
    "Oonagh Sweetman", "Philippa Goss", "Quill and Ink", "Rhona Calder", "Seraphina Boothe", "Thaddeus Wren",
    "Umberto Sanzio-Reed", "Violet Marchbanks", "Walter Teague", "Xanthe Palmer", "Yannick Le Bihan-Oates",
    "Zelda Hargreave",
    "سلمى الداوودي", "أبو حسان", "ليلى المرسي", "يوسف النهري", "Наталья Ветрова", "Старый лоцман",
    "Ελένη Θαλασσινού", "小林しおり", "Nebojša Krstarić", "Ağça Denizli-Moor", "Łucja Brzozowska-Flint",
    "Tove Ångqvist", "Þorgerður Skálmar", "Caoimhe Ní Ruairc-Poole", "Bui Thanh Lam", "Oluwaseun Tideway",
    "Ana-Lucía Marjal",
    "Ottokar Brázdil", "towpath_tom", "Nightshift Nurse 7", "Quay Row resident", "the cat at the toll house",
    "Merle Ashgrove", "Linus Vandermolen-Key", "Rukhsana Peverell", "Jolyon Strake", "Tinuviel Sorley",
    "Ivo Candlish", "Saoirse Weatherall", "Mwamba Kettering", "Dragana Petrichor", "Hew Carnaby-Loss",
    "Zsófia Kelengye",
)  # fmt: skip

GUESTS = (
    "Lorcan's deckhand",
    "Castle Rovers supporter",
    "Serious Sam of Saltgate",
    "Conspiracy Keith",
    "Best Deals",
    "Nan's nephew",
    "Port Passes Direct",
    "Newly Arrived",
    "Hanger No. 7",
    "Vans of the North Bank",
    "Scales and Measures",
    "Herring Watch",
    "Knots and Hitches",
    "Away Day Annie",
)
"""They speak where they were written to, and nowhere else."""

PEOPLE: tuple[SeedPerson, ...] = (
    *_STAFF,
    *(SeedPerson(name, Role.TRUSTED, 900 + 37 * n) for n, name in enumerate(_TRUSTED)),
    *(SeedPerson(name, Role.TRUSTED, 1500 + 61 * n) for n, name in enumerate(_REPORTERS)),
    *(SeedPerson(name, Role.READER, 20 + (n * 53) % 1400) for n, name in enumerate(_READERS)),
    *(SeedPerson(name, Role.READER, 2 + 11 * n) for n, name in enumerate(GUESTS)),
)
