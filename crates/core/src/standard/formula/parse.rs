//! From text to a tree, or to where it went wrong and what was expected there.

use super::{DEEPEST_FORMULA, Expr, Formula, Function, LONGEST_FORMULA, Number, Operator};
use crate::standard::MetricCode;

/// Where a text stops being a formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: expected {expected}, found {found}")]
pub struct FormulaError {
    /// Counted in characters from 1.
    pub at: usize,
    pub expected: String,
    pub found: String,
}

impl std::str::FromStr for Formula {
    type Err = FormulaError;

    fn from_str(text: &str) -> Result<Self, FormulaError> {
        if text.chars().nth(LONGEST_FORMULA).is_some() {
            let expected = format!("the end, since a formula has at most {LONGEST_FORMULA} characters");
            return Err(FormulaError { at: LONGEST_FORMULA + 1, expected, found: "more".into() });
        }
        let mut parser = Parser { tokens: tokens(text)?, next: 0 };
        let (expr, _) = parser.sum(0)?;
        match parser.peek() {
            Token::End => Ok(Formula(expr)),
            _ => Err(parser.wrong("an operator (+ - × ÷) or the end")),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(Number),
    Word(String),
    Operator(Operator),
    Open,
    Close,
    Comma,
    End,
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, FormulaError> {
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(&c) = chars.get(at) {
        let run = |belongs: fn(&char) -> bool| chars[at..].iter().copied().take_while(belongs).collect::<String>();
        let (token, length) = match c {
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '0'..='9' => {
                let text = run(|c| matches!(c, '0'..='9' | '.'));
                let expected = || {
                    format!(
                        "a number like 12 or 0.5, of at most {} digits, {} of them after the point",
                        Number::MOST_DIGITS,
                        Number::MOST_PLACES
                    )
                };
                let number = number(&text).ok_or_else(|| FormulaError { at: at + 1, expected: expected(), found: quoted(&text) })?;
                (Token::Number(number), text.len())
            }
            c if c.is_alphabetic() || c == '_' => {
                let text = run(|c| c.is_alphanumeric() || *c == '_');
                let length = text.chars().count();
                (Token::Word(text), length)
            }
            '+' => (Token::Operator(Operator::Add), 1),
            '-' | '−' => (Token::Operator(Operator::Subtract), 1),
            '×' | '*' | '·' => (Token::Operator(Operator::Multiply), 1),
            '÷' | '/' => (Token::Operator(Operator::Divide), 1),
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            c => {
                let expected = "a number, a metric's code, + - × ÷, a comma or a bracket".into();
                return Err(FormulaError { at: at + 1, expected, found: quoted(&c.to_string()) });
            }
        };
        found.push((at + 1, token));
        at += length;
    }
    found.push((chars.len() + 1, Token::End));
    Ok(found)
}

fn number(text: &str) -> Option<Number> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part}");
    let fits = digits.len() <= Number::MOST_DIGITS && part.len() <= Number::MOST_PLACES;
    let written = !whole.is_empty() && text.ends_with(|c: char| c.is_ascii_digit()) && !part.contains('.');
    (fits && written).then(|| Some(Number::new(digits.parse().ok()?, part.len() as u8))).flatten()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.chars().take(MetricCode::LONGEST).collect::<String>())
}

/// A tree and how deep it is.
type Deep = (Expr, usize);

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.next].1
    }

    fn wrong(&self, expected: impl Into<String>) -> FormulaError {
        let (at, token) = &self.tokens[self.next];
        let found = match token {
            Token::Number(number) => quoted(&number.to_string()),
            Token::Word(word) => quoted(word),
            Token::Operator(operator) => quoted(&operator.to_string()),
            Token::Open => "'('".into(),
            Token::Close => "')'".into(),
            Token::Comma => "','".into(),
            Token::End => "the end".into(),
        };
        FormulaError { at: *at, expected: expected.into(), found }
    }

    fn take(&mut self, token: Token, expected: &str) -> Result<(), FormulaError> {
        if *self.peek() != token {
            return Err(self.wrong(expected));
        }
        self.next += 1;
        Ok(())
    }

    fn within(&self, depth: usize) -> Result<usize, FormulaError> {
        if depth <= DEEPEST_FORMULA {
            return Ok(depth);
        }
        Err(self.wrong(format!("a formula at most {DEEPEST_FORMULA} levels deep (write long additions as sum(…))")))
    }

    fn sum(&mut self, nesting: usize) -> Result<Deep, FormulaError> {
        self.chain(nesting, 1, |parser| parser.chain(nesting, 2, |parser| parser.operand(nesting)))
    }

    fn chain(
        &mut self,
        nesting: usize,
        binds: u8,
        mut part: impl FnMut(&mut Self) -> Result<Deep, FormulaError>,
    ) -> Result<Deep, FormulaError> {
        let (mut left, mut depth) = part(self)?;
        while let Token::Operator(operator) = *self.peek()
            && operator.binds() == binds
        {
            self.within(nesting + depth + 1)?;
            self.next += 1;
            let (right, deep) = part(self)?;
            depth = 1 + depth.max(deep);
            left = Expr::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok((left, depth))
    }

    fn operand(&mut self, nesting: usize) -> Result<Deep, FormulaError> {
        self.within(nesting + 1)?;
        match self.peek().clone() {
            Token::Number(number) => {
                self.next += 1;
                Ok((Expr::Number(number), 1))
            }
            Token::Open => {
                self.next += 1;
                let inner = self.sum(nesting + 1)?;
                self.take(Token::Close, "an operator (+ - × ÷) or ')'")?;
                Ok(inner)
            }
            Token::Word(word) if self.tokens[self.next + 1].1 == Token::Open => self.call(&word, nesting),
            Token::Word(word) => {
                let code =
                    word.parse().map_err(|bad: crate::standard::BadMetricCode| self.wrong(format!("a metric's code ({})", bad.why)))?;
                self.next += 1;
                Ok((Expr::Metric(code), 1))
            }
            _ => Err(self.wrong("a number, a metric's code, a function or '('")),
        }
    }

    fn call(&mut self, word: &str, nesting: usize) -> Result<Deep, FormulaError> {
        if word == "previous" {
            self.next += 2;
            let Token::Word(code) = self.peek().clone() else {
                return Err(self.wrong("a metric's code, of which the period before is meant"));
            };
            let code = code.parse().map_err(|bad: crate::standard::BadMetricCode| self.wrong(format!("a metric's code ({})", bad.why)))?;
            self.next += 1;
            self.take(Token::Close, "')'")?;
            return Ok((Expr::Previous(code), 1));
        }
        let function: Function = word.parse().map_err(|bad: crate::codes::UnknownCode| self.wrong(bad.list))?;
        self.next += 2;
        let (mut arguments, mut depth) = (Vec::new(), 0);
        while arguments.is_empty() || *self.peek() == Token::Comma {
            self.next += usize::from(!arguments.is_empty());
            let (argument, deep) = self.sum(nesting + 1)?;
            arguments.push(argument);
            depth = deep.max(depth);
        }
        if *self.peek() == Token::Close && !function.takes(arguments.len()) {
            return Err(self.wrong(format!("{function} to have {}", function.arguments())));
        }
        self.take(Token::Close, "an operator (+ - × ÷), ',' or ')'")?;
        Ok((Expr::Call(function, arguments), depth + 1))
    }
}
