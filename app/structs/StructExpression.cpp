#include "structs/StructExpression.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

/// Calculates, with a stack of its own.
class StructCalculator final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::StructExpression)

    using Code = StructExpression::Code;
    using Number = std::optional<StructNumber>;

public:
    StructCalculator(const StructExpression::Place &place, QString &fault)
        : m_place(place)
        , m_fault(fault)
    {
    }

    [[nodiscard]] Number run(const std::vector<StructExpression::Step> &steps)
    {
        for (size_t at = 0; at < steps.size();) {
            const StructExpression::Step &step = steps[at++];
            if (!take(step, at))
                return {};
        }
        return m_stack.back();
    }

private:
    static StructNumber truth(bool isTrue) { return StructNumber::fromUnsigned(isTrue ? 1 : 0); }

    bool take(const StructExpression::Step &step, size_t &next)
    {
        switch (step.code) {
        case Code::Constant:
            return push(step.number);
        case Code::Slot:
            return pushSlot(step.index);
        case Code::Remaining:
            return push(StructNumber::fromSigned(m_place.remaining));
        case Code::Position:
            return push(StructNumber::fromSigned(m_place.position));
        case Code::Not:
            return push(truth(pop().isZero()));
        case Code::IsTrue:
            return push(truth(!pop().isZero()));
        case Code::Negate:
            return push(pop().negated());
        case Code::Complement:
            return push(pop().complement());
        case Code::Jump:
            next = static_cast<size_t>(step.index);
            return true;
        case Code::JumpIfZero:
            if (pop().isZero())
                next = static_cast<size_t>(step.index);
            return true;
        case Code::JumpOnFalse:
        case Code::JumpOnTrue: {
            const bool isTrue = !pop().isZero();
            if (isTrue != (step.code == Code::JumpOnTrue))
                return true;
            next = static_cast<size_t>(step.index);
            return push(truth(isTrue));
        }
        default:
            return takeTwo(step.code);
        }
    }

    bool takeTwo(Code code)
    {
        const StructNumber b = pop();
        const StructNumber a = pop();
        switch (code) {
        case Code::Multiply:
            return push(a.times(b));
        case Code::Divide:
        case Code::Modulo:
            if (b.isZero()) {
                m_fault = tr("there is a division by zero");
                return false;
            }
            return push(code == Code::Divide ? a.dividedBy(b) : a.modulo(b));
        case Code::Add:
            return push(a.plus(b));
        case Code::Subtract:
            return push(a.plus(b.negated()));
        case Code::ShiftLeft:
        case Code::ShiftRight:
            if (b.isNegative()) {
                m_fault = tr("it shifts by %1 bits").arg(b.toString());
                return false;
            }
            return push(code == Code::ShiftLeft ? a.shiftedLeft(b) : a.shiftedRight(b));
        case Code::Less:
            return push(truth(a < b));
        case Code::LessOrEqual:
            return push(truth(a <= b));
        case Code::Greater:
            return push(truth(a > b));
        case Code::GreaterOrEqual:
            return push(truth(a >= b));
        case Code::Equal:
            return push(truth(a == b));
        case Code::NotEqual:
            return push(truth(a != b));
        case Code::BitAnd:
            return push(a.bitAnd(b));
        case Code::BitXor:
            return push(a.bitXor(b));
        default:
            return push(a.bitOr(b));
        }
    }

    bool pushSlot(qsizetype slot)
    {
        const Number &value = m_place.values[static_cast<size_t>(m_place.firstSlot + slot)];
        if (value)
            return push(*value);
        m_fault = tr("“%1” is not in this message").arg(m_place.names[static_cast<size_t>(slot)]);
        return false;
    }

    bool push(const Number &number)
    {
        if (!number) {
            m_fault = tr("the result is too large");
            return false;
        }
        m_stack.push_back(*number);
        return true;
    }

    StructNumber pop()
    {
        const StructNumber number = m_stack.back();
        m_stack.pop_back();
        return number;
    }

    const StructExpression::Place &m_place;
    QString &m_fault;
    std::vector<StructNumber> m_stack;
};

} // namespace

bool StructExpression::isConstant() const
{
    return std::ranges::none_of(m_steps, [](const Step &step) {
        return step.code == Code::Slot || step.code == Code::Remaining || step.code == Code::Position;
    });
}

std::optional<StructNumber> StructExpression::evaluate(const Place &place, QString &fault) const
{
    // Most are a number, or a field.
    if (m_steps.size() == 1 && m_steps.front().code == Code::Constant)
        return m_steps.front().number;
    return StructCalculator(place, fault).run(m_steps);
}

} // namespace sockeye
