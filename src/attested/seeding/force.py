"""How is one whole force made up, from its workforce to the last line of evidence?"""

from attested.seeding import absences, careers, lines, workforce
from attested.seeding.asked import Catalogue
from attested.seeding.care import write_care
from attested.seeding.conversations import write_conversations
from attested.seeding.development import write_development
from attested.seeding.evidence import write_evidence
from attested.seeding.licences import write_licences
from attested.seeding.members import Order
from attested.seeding.records import write_lines, write_people, write_units
from attested.seeding.roles import write_roles
from attested.seeding.sheets import Book, Pages
from attested.seeding.vetting import write_cases, write_clearances


def make(order: Order) -> Book:
    """Make up a force. The same order always gives the same rows, in whichever process it is carried out."""
    units, members = workforce.enlist(order)
    careers.live(members, units, order)
    absences.absent(members, order)
    desk = workforce.desk_of(members)
    pages = Pages()
    write_units(pages, units, order)
    write_people(pages, members, order)
    drawn = list(lines.draw(members, order))
    write_lines(pages, drawn)
    write_evidence(pages, members, Catalogue(order.policy), desk, order)
    write_licences(pages, members, desk, order)
    write_clearances(pages, members, order)
    if order.is_alone:
        write_cases(pages, members, desk.agrees, order)
        write_care(pages, members, order)
        write_conversations(pages, members, drawn, order)
        write_development(pages, members, drawn, desk, order)
    if order.with_roles:
        write_roles(pages, members, desk, order)
    return pages.bound()
