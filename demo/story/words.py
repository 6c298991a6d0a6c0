"""What the people of the demo have written. Everything is invented."""

from typing import Any

FULL_TICK = {"done": True}


def goals(action: str, result: str, measure: str, due: str) -> dict[str, Any]:
    """A goal worksheet with one goal."""
    return {
        "inputs": {"performance": FULL_TICK, "development_plan": FULL_TICK},
        "goals": [
            {
                "_id": "a1b2c3d4",
                "action": action,
                "result": result,
                "measure": measure,
                "due": due,
                "smart": dict.fromkeys(
                    ("specific", "measurable", "action_oriented", "realistic", "time_bound"), FULL_TICK
                ),
            }
        ],
    }


ANA_GOAL = (
    "Lead the review of an environmental impact assessment on my own, from scoping to conditions",
    "Reviews no longer wait for our one senior officer, and I can defend mine before people more senior than myself",
    "One review led and accepted without rework; my manager agrees that it stands",
)
OTHER_GOAL = (
    "Review the next two assessments in my office as lead officer",
    "My findings are used in the decision",
    "Both reviews accepted by the senior officer",
)

FIRST_MEETING: dict[str, Any] = {
    "acquainted": dict.fromkeys(
        ("about_you", "about_partner", "greatest_impact", "earlier_mentoring", "expectations", "learning_style"),
        FULL_TICK,
    ),
    "acquainted_done": {"done": FULL_TICK},
    "ground_rules": {
        "place": {"done": True, "note": "On Teams; WhatsApp when the line is bad."},
        "length": {"done": True, "note": "60 minutes, 90 when there is a draft to read together."},
        "frequency": {"done": True, "note": "Once a month."},
        "scheduling": {
            "done": True,
            "note": "All six dates now; whoever cannot come says so a day ahead and offers another.",
        },
        "responsibilities": {"done": True, "note": "The mentor sends the invitations, the mentee the agenda."},
        "between_meetings": {"done": True, "note": "A short message is always fine; no answer expected the same day."},
        "on_mission": {"done": True, "note": "We move the call rather than skip it."},
        "agenda": {"done": True, "note": "Ten minutes to arrive, then what is urgent, then our goals."},
        "confidentiality": {"done": True, "note": "What is said stays between us."},
        "boundaries": {"done": True, "note": "Colleagues are not discussed by name."},
        "success": {"done": True, "note": "A review led alone by May."},
    },
    "ground_rules_done": {"done": FULL_TICK},
    "agreement_started": {"objectives": FULL_TICK, "rules_set_down": FULL_TICK, "adapted": FULL_TICK},
    "agreement_done": {"done": FULL_TICK},
    "next_steps": {"plan_ahead": FULL_TICK},
    "next_steps_done": {"done": FULL_TICK},
    "at_a_distance": {
        "ending_plan": {"done": True, "note": "If one of us has to stop, we say so in a call, not by letting it fade."},
        "written_confidences": {"done": True, "note": "Nothing about colleagues in e-mails."},
    },
}

AGREEMENT: dict[str, Any] = {
    "goal_statements": [
        {
            "_id": "b1b2c3d4",
            "statement": "By May, ʻAna leads the review of an environmental impact assessment on her own, from scoping to conditions, and can defend it before people more senior than herself.",
        }
    ],
    "objectives": [
        {
            "_id": "c1b2c3d4",
            "objective": "Judge whether a baseline survey is good enough",
            "measure": "Two surveys reviewed, findings accepted by the applicant",
        },
        {
            "_id": "c2b2c3d4",
            "objective": "Write permit conditions that can be monitored",
            "measure": "Conditions for the Vuna wharf drafted and reviewed by session 5",
        },
        {
            "_id": "c3b2c3d4",
            "objective": "Say no to a deadline that puts quality at risk, and be heard",
            "measure": "Told in session 4: a case, what was said, what came of it",
        },
    ],
    "ground_rules": [
        {
            "_id": "d1b2c3d4",
            "about": "Meeting",
            "rule": "Six calls of 60 to 90 minutes, monthly, on Teams; the mentor sends the invitations.",
        },
        {
            "_id": "d2b2c3d4",
            "about": "Cancelling",
            "rule": "Whoever cannot come says so a day ahead and offers another time.",
        },
        {
            "_id": "d3b2c3d4",
            "about": "Confidence",
            "rule": "What is said stays between us. Off the table: colleagues by name.",
        },
    ],
}
PLAIN_AGREEMENT: dict[str, Any] = {
    "goal_statements": [
        {"_id": "b9b2c3d4", "statement": "To grow from doing parts of an assessment to answering for a whole one."}
    ],
    "objectives": [
        {
            "_id": "c9b2c3d4",
            "objective": "Lead a review from start to finish",
            "measure": "One review led, with written feedback from the team",
        }
    ],
    "ground_rules": [{"_id": "d9b2c3d4", "about": "Meeting", "rule": "A call each month of about an hour."}],
}

CAPACITY: dict[str, Any] = {
    "mode": "joined",
    "goals": "To lead reviews of coastal projects in my office, and to train the two officers who come after me.",
    "gaps": [
        {
            "_id": "e1b2c3d4",
            "gap": "I cannot tell yet whether a marine baseline survey covers enough seasons",
            "action": "Read two accepted surveys with Helen's checklist; ask SPREP for their review template",
        },
        {
            "_id": "e2b2c3d4",
            "gap": "I have never written conditions for monitoring after the works",
            "action": "Ask my manager about the monitoring course; draft conditions for the Vuna wharf",
        },
        {
            "_id": "e3b2c3d4",
            "gap": "I give way when a deadline is pressed on me",
            "action": "Bring one real case to session 4",
        },
    ],
}

LOGS: dict[tuple[int, str], dict[str, Any]] = {
    (2, "mentee"): {
        "issues": "We went through the wharf extension at Vuna and where the baseline survey falls short. Helen asked who owns the monitoring once the contractor leaves. I did not have an answer.",
        "objectives": "Judging a baseline survey; conditions that can be monitored.",
        "followup": [
            {"_id": "f1b2c3d4", "action": "Ask for the Tonga Ports monitoring contract", "owner": "mentee"},
            {"_id": "f2b2c3d4", "action": "Send the review template of a port project", "owner": "mentor"},
        ],
        "take_aways": "A survey is good enough when it can prove me wrong later.",
        "link_to_goals": "It is the part of a review I used to leave to others.",
        "applying": "I will read the next survey with Helen's five questions beside me.",
        "partner_insight": "How to say it to an applicant without losing them.",
    },
    (2, "mentor"): {
        "issues": "ʻAna knows the site far better than she thinks. The gap is not knowledge but saying where a survey is thin.",
        "objectives": "Her first objective, and a beginning of the second.",
        "followup": [
            {"_id": "f3b2c3d4", "action": "Find two surveys that were sent back, with the letters", "owner": "mentor"}
        ],
        "take_aways": "I talk too much when I am asked for an example.",
        "link_to_goals": "She set the goal herself; I should let her say when it is reached.",
        "applying": "Questions first next time, examples when she asks for them.",
        "partner_insight": "How decisions are really made in her office.",
    },
    (3, "mentor"): {
        "issues": "The monitoring contract came, and it names nobody. We read the clause together and ʻAna rewrote it.",
        "objectives": "Conditions that can be monitored.",
        "followup": [{"_id": "f4b2c3d4", "action": "Introduce ʻAna to the port reviewers in Suva", "owner": "mentor"}],
        "take_aways": "She leads the call by now.",
        "link_to_goals": "Half of the second objective is done.",
        "applying": "I will hand her the agenda for good.",
        "partner_insight": "The politics of a contract with the ports authority.",
    },
}


def plain_log(session: int, side: str) -> dict[str, Any]:
    """A log of somebody whose words matter less to the story."""
    return {
        "issues": "We talked about what the office expects of a review and what there is time for.",
        "objectives": "Leading a review from start to finish.",
        "followup": [
            {
                "_id": f"9{session}{'e' if side == 'mentee' else 'a'}00001",
                "action": "Bring a draft of the findings to the next call",
                "owner": "mentee",
            }
        ],
        "take_aways": "Small steps, but I can see them.",
        "link_to_goals": "One step further.",
        "applying": "In the review that is on my desk now.",
        "partner_insight": "How others do it.",
    }


def closure(side: str) -> dict[str, Any]:
    """A closure worksheet."""
    return {
        "desired_ending": "With a call in a year's time, to hear what became of it.",
        "closing_talk": "Unhurried, and with the agreement on the table.",
        "worked_well": "That we had all six dates from the start.",
        "learnt": "To put what I see into words that an applicant can act on."
        if side == "mentee"
        else "To ask one question more before I tell a story.",
        "goals_reached": "reached" if side == "mentee" else "partly",
        "about_yourself": "I am braver in writing than in meetings.",
        "about_mentoring": "It works best when both of us come prepared.",
        "next_time": "Start the learning log on the same evening.",
        "surprise": "How much the other one learnt.",
        "applying": "Every review from now on has a page on monitoring.",
        "share_one_thing": "The five questions for a baseline survey.",
        "celebrate": "A meal, once we are on the same island.",
        "afterwards": "continue_informally",
        "next_steps": "I have applied to lead the road review.",
    }


def evaluation(side: str) -> dict[str, Any]:
    """An evaluation."""
    return {
        "role": side,
        "useful": 5,
        "goals_reached": 4,
        "good_match": 5,
        "sessions_held": 6,
        "calls_worked": 4,
        "most_helpful": "agreement" if side == "mentor" else "learning_log",
        "coordinator_support": 5,
        "worked": "Six dates fixed on the first day.",
        "did_not_work": "Two calls on a very poor line.",
        "again": "again",
    }


PREPARATION = {
    "assumptions": "That a mentor has answers. I hope for better questions.",
    "matters_most": "That I can say when I do not understand.",
    "growth": "I want to answer for a whole review, not for parts.",
    "values": "Care for the place, and for the people who live with what we decide.",
}
ISSUES = {
    "issues": [
        {
            "_id": "7ab2c3d4",
            "issue": "The ports authority wants the findings a week early",
            "guidance": "How to say no and be heard",
            "urgency": "urgent",
        }
    ]
}
HELP = "I would like to talk with you about the time my supervisor gives me for the calls. It is not urgent, but it wears on me."
ANSWER = "Thank you for telling me, Litia. I can call you on Thursday; and if you agree I would write to your supervisor with what the programme asks for."
