-- A new enum value may be used only after its transaction has committed, so it comes alone.

ALTER TYPE enrolment_status ADD VALUE 'waitlisted' BEFORE 'enrolled';
